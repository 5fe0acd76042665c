"""Old numbers lead on; a service that closed says so, and who helps now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.actions.actor import THE_COMMAND_LINE
from directory.actions.merge_listings import merge_listings
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.migrations.upgrade import upgrade
from directory.queries.departed import departed, moved_to
from directory.queries.index import index_listings
from directory.queries.listings import get_listings, listings_version
from tests.builders import make_listing

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WHY = "Both are one service now."


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """The site with no listings yet."""
    app = create_app(empty_settings)
    upgrade(app.extensions["database"])
    return app


@pytest.fixture
def held(site: Flask) -> Iterator[Database]:
    yield site.extensions["database"]
    site.extensions["database"].dispose()


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    return site.test_client()


def merge(held: Database, old: int, new: int, because: str = WHY) -> str:
    with held.transaction() as session:
        return merge_listings(session, old, new, because=because, by=THE_COMMAND_LINE, today=TODAY, now=NOW)


def test_an_old_number_leads_to_the_new_one_which_says_so_and_why(
    held: Database, reader: FlaskClient
) -> None:
    old, new = make_listing(held), make_listing(held, name="Example Service B")
    assert merge(held, old, new) == "Example Service B"
    answer = reader.get(f"/services/{old}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (301, "no-store")
    assert answer.headers["Location"] == f"/services/{new}?was={old}"
    words = html.fromstring(reader.get(answer.headers["Location"]).text).text_content()
    assert "moved here in November 2026" in words and WHY in words
    assert "moved here" not in reader.get(f"/services/{new}").text


def test_a_listing_that_is_part_of_another_is_found_by_nobody(held: Database) -> None:
    old, new = make_listing(held), make_listing(held)
    merge(held, old, new)
    with held.reading() as session:
        assert [listing.id for listing in index_listings(session)] == [new]
        assert set(get_listings(session, [old, new])) == {new}


def test_one_step_is_always_enough(held: Database) -> None:
    first, second, third = (make_listing(held) for _ in range(3))
    merge(held, first, second)
    merge(held, second, third)
    with held.reading() as session:
        assert [moved_to(session, number).service_id for number in (first, second)] == [third, third]
        assert moved_to(session, third) is None


def test_a_merge_changes_the_version_so_that_every_worker_sees_it(held: Database) -> None:
    old, new = make_listing(held), make_listing(held)
    with held.reading() as session:
        before = listings_version(session)
    merge(held, old, new)
    with held.reading() as session:
        assert listings_version(session) == before + 1


@pytest.mark.parametrize(
    ("because", "field"),
    [("", "because"), (" \n ", "because"), ("x" * 301, "because"), ("a\x00b", "because")],
)
def test_a_merge_without_a_reason_people_can_read_is_refused(
    held: Database, because: str, field: str
) -> None:
    old, new = make_listing(held), make_listing(held)
    with pytest.raises(RuleBroken) as caught:
        merge(held, old, new, because)
    assert caught.value.field == field


def test_a_merge_that_would_lead_nowhere_is_refused(held: Database) -> None:
    old, new, closed = make_listing(held), make_listing(held), make_listing(held, status="defunct")
    for pair, field in (((old, old), "new"), ((old, closed), "new")):
        with pytest.raises(RuleBroken) as caught:
            merge(held, *pair)
        assert caught.value.field == field
    for pair in ((999, new), (old, 999)):
        with pytest.raises(NotFound):
            merge(held, *pair)
    merge(held, old, new)
    for pair, field in (((old, closed), "old"), ((closed, old), "new"), ((new, old), "new")):
        with pytest.raises(RuleBroken) as caught:
            merge(held, *pair)
        assert caught.value.field == field


def test_the_command_says_what_it_did_and_what_it_could_not(site: Flask, held: Database) -> None:
    old, new = make_listing(held), make_listing(held, name="Example Service B")
    run = site.test_cli_runner().invoke
    done = run(args=["listings", "merge", str(old), str(new), "--because", WHY])
    assert (done.exit_code, done.output) == (0, f"{old} is now part of {new} (Example Service B).\n")
    again = run(args=["listings", "merge", str(old), str(new), "--because", WHY])
    assert again.exit_code == 2 and f"{old} is part of {new} already" in again.output
    missing = run(args=["listings", "merge", "999", str(new), "--because", WHY])
    assert missing.exit_code == 1 and "No service has the number 999" in missing.output
    assert run(args=["listings", "merge", str(old), str(new)]).exit_code == 2


@pytest.mark.parametrize("was", ["x", "-1", "1e9", "²", "1" * 11, "x%00"])
def test_a_crafted_old_number_gets_a_clear_answer(held: Database, reader: FlaskClient, was: str) -> None:
    assert reader.get(f"/services/{make_listing(held)}?was={was}").status_code == 400


def test_an_old_number_that_led_elsewhere_says_nothing(held: Database, reader: FlaskClient) -> None:
    old, new, other = (make_listing(held) for _ in range(3))
    merge(held, old, new)
    for was in (old, 999):
        answer = reader.get(f"/services/{other}?was={was}")
        assert answer.status_code == 200 and "moved here" not in answer.text


def test_a_service_that_closed_for_good_says_so_and_who_helps_now(
    held: Database, reader: FlaskClient
) -> None:
    closed = make_listing(held, status="defunct", name="Example Service Gone")
    helping = make_listing(held, name="Example Service B")
    answer = reader.get(f"/services/{closed}")
    assert answer.status_code == 410
    tree = html.fromstring(answer.text)
    assert tree.xpath("string(//h1)") == "Example Service Gone"
    assert "This service has closed." in tree.text_content()
    assert tree.xpath(f"//section[@aria-labelledby='others']//a[@href='/services/{helping}']")
    assert "01632" not in tree.xpath("string(//h1/following-sibling::div)")


def test_a_service_that_does_not_run_at_the_moment_says_so(held: Database, reader: FlaskClient) -> None:
    answer = reader.get(f"/services/{make_listing(held, status='inactive')}")
    assert answer.status_code == 200
    assert "not running at the moment" in answer.text
    assert "We know of no service that takes its place" in answer.text


def test_a_service_closed_for_now_keeps_its_page_and_names_who_helps_now(
    held: Database, reader: FlaskClient
) -> None:
    closed = make_listing(held, status="temporarily closed")
    helping = make_listing(held, name="Example Service B")
    tree = html.fromstring(reader.get(f"/services/{closed}").text)
    assert "This service is closed for now." in tree.text_content()
    assert tree.xpath("string(//h2[@id='others'])") == "Who helps now"
    assert tree.xpath(f"//section[@aria-labelledby='others']//a[@href='/services/{helping}']")


@pytest.mark.parametrize(
    "said", [{"listing": "needs checking"}, {"inclusion": "excluded: first profile"}, {}], ids=str
)
def test_what_was_never_for_the_public_says_nothing_when_it_closes(
    held: Database, reader: FlaskClient, said: dict[str, str]
) -> None:
    number = make_listing(held, status="defunct", **said) if said else 999
    assert reader.get(f"/services/{number}").status_code == 404
    with held.reading() as session:
        assert departed(session, number) is None


def test_who_else_might_help_is_on_the_page_of_a_service(held: Database, reader: FlaskClient) -> None:
    asked = make_listing(held)
    other = make_listing(held, name="Example Service B")
    elsewhere = make_listing(held, name="Example Service C", coverage="Huntingdonshire")
    tree = html.fromstring(reader.get(f"/services/{asked}").text)
    links = tree.xpath("//section[@aria-labelledby='others']//h3/a/@href")
    assert links == [f"/services/{other}"] and f"/services/{elsewhere}" not in links
