"""What the script of a call asks for, the form has a place for: the same facts, in the same order and words."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.db import Database
from directory.models.confirmation import Confirmation
from directory.models.proposed_change import ProposedChange
from directory.models.upkeep import Call
from directory.reference.hours import now_utc
from directory.web.forms.call_facts import FACTS, SAID
from tests.accounts import make_account, signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import fields_of, words_of

TELLING = "They tell someone where a life is in danger."


@pytest.fixture
def listing(new_database: Database) -> int:
    routes = "telephone | 01632 960001 | Mo-Fr 09:00-17:00 | Ask for us\nemail | hello@example.org"
    return make_listing(
        new_database, groups="G4;G3?", contact_routes=routes, minimum_age="18", when_they_must_tell=TELLING
    )


@pytest.fixture
def staff(new_app: Flask, new_database: Database, listing: int) -> FlaskClient:
    client = signed_in(new_app, make_account(new_database, roles=["moderator"]))
    client.post(f"/moderation/calls/{listing}/claim")
    return client


def send(staff: FlaskClient, listing: int, **said: object) -> tuple[int, str]:
    """Open the page, change some of its fields as a moderator would, and send it."""
    address = f"/moderation/calls/{listing}"
    answer = staff.post(address, data={**fields_of(staff.get(address).text, address), **said})
    return answer.status_code, words_of(answer.text) if answer.status_code == 400 else ""


def asked_for(database: Database) -> tuple[dict[str, str], str]:
    with database.reading() as session:
        (change,) = session.scalars(select(ProposedChange))
        return change.cells, change.words


def test_script_and_form_hold_the_same_facts_in_the_same_order(staff: FlaskClient, listing: int) -> None:
    page = html.document_fromstring(staff.get(f"/moderation/calls/{listing}").text)
    script = [link.text_content() for link in page.cssselect("ol a[href^='#fact-']")]
    places = [link.get("href")[1:] for link in page.cssselect("ol a[href^='#fact-']")]
    form = page.cssselect("[id^='fact-']")
    assert script == [one.cssselect("legend")[0].text_content() for one in form]
    assert script == [str(fact.asked) for fact in FACTS]
    assert places == [one.get("id") for one in form]
    for one, fact in zip(form, FACTS, strict=True):
        assert [radio.get("value") for radio in one.cssselect(f"[name={SAID}{fact.code}]")] == [
            "right", "differs", "not asked",
        ]  # fmt: skip
        assert all(one.cssselect(f"details [name={name}]") for name in fact.columns or (fact.code,))


def test_each_fact_stands_there_as_it_is_listed(staff: FlaskClient, listing: int) -> None:
    words = words_of(staff.get(f"/moderation/calls/{listing}").text)
    assert "Listed: 01632 960001" in words and "Listed: Monday to Friday 9am to 5pm" in words
    assert "Listed: hello@example.org" in words and f"Listed: {TELLING}" in words


def test_what_differs_is_one_change_with_what_was_right_and_what_was_not_asked(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    said = {f"{SAID}{code}": "differs" for code in ("telephone", "hours", "email", "ages", "areas", "cost")}
    status, told = send(
        staff, listing, result="changed", telephone="01632 960222", hours="Weekdays 10-4", email="us@example.org",
        minimum_age="16", coverage="Kent", free_to_person="yes",
        **said, **{f"{SAID}website": "right", f"{SAID}groups": "not asked"},
    )  # fmt: skip
    assert (status, told) == (303, "")
    cells, words = asked_for(new_database)
    assert cells == {
        "contact_routes": "telephone | 01632 960222 | Mo-Fr 10:00-16:00 | Ask for us\nemail | us@example.org",
        "minimum_age": "16", "coverage": "Kent", "free_to_person": "yes",
    }  # fmt: skip
    assert words == (
        "Said by the service when a moderator rang. Still right: The website. Not asked: Whom it helps."
    )


def test_a_group_that_is_not_certain_stays_so_where_nothing_was_said_of_it(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    assert send(staff, listing, result="changed", groups=["G4", "G1"])[0] == 303
    assert asked_for(new_database)[0]["groups"] == "G4;G3?;G1"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"said-email": "differs"}, "Write below what it should be."),
        ({"said-email": "right", "email": "us@example.org"}, "Something else is written below."),
        ({"said-ages": "not asked", "minimum_age": "9"}, "Something else is written below."),
        ({"hours": "9-5"}, "Say on which days."),
        ({"email": "us@example"}, "Enter one e-mail address"),
        ({"email": "us@example.org | 24/7"}, "Enter one e-mail address"),
        ({"minimum_age": "old"}, "Write a whole number from 0 to 120."),
        ({"minimum_age": "40", "maximum_age": "30"}, "youngest age is above the oldest"),
        ({"coverage": "Nowhere at all"}, "We know no area called Nowhere at all."),
        ({"when_they_must_tell": "born on 3 May 2014"}, "date of birth"),
        ({"result": "confirmed", "minimum_age": "16"}, "Choose ‘Something has changed’"),
        ({"result": "no answer", "minimum_age": "16"}, "Choose ‘Something has changed’"),
        ({"result": "confirmed", "said-ages": "not asked"}, "Everything is right only where everything was asked."),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told_and_nothing_is_lost(
    staff: FlaskClient, new_database: Database, listing: int, said: dict[str, str], says: str
) -> None:
    status, told = send(staff, listing, **{"result": "changed", "note": "Ring after ten.", **said})
    assert status == 400 and "There is a problem" in told and says in told
    with new_database.reading() as session:
        assert session.scalars(select(ProposedChange)).all() == []
        assert session.scalars(select(Confirmation)).all() == []
        assert session.scalars(select(Call.result)).all() == [""]


def test_everything_right_with_every_fact_marked_so_confirms_it(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    marked = {f"{SAID}{fact.code}": "right" for fact in FACTS}
    assert send(staff, listing, result="confirmed", note="Spoke to the manager.", **marked)[0] == 303
    with new_database.reading() as session:
        assert len(session.scalars(select(Confirmation)).all()) == 1
        assert session.scalars(select(Call.note)).all() == ["Spoke to the manager."]


def test_whoever_rings_again_reads_what_was_not_asked(staff: FlaskClient, listing: int) -> None:
    again = {"result": "no answer", f"{SAID}ages": "not asked", f"{SAID}cost": "right"}
    assert send(staff, listing, **again)[0] == 303
    staff.post(f"/moderation/calls/{listing}/claim")
    words = words_of(staff.get(f"/moderation/calls/{listing}").text)
    assert "Still right: Whether it is free to the person. Not asked: From which age" in words


def test_where_sensitive_text_is_hidden_what_tells_of_the_service_is_behind_one_more_tap(
    staff: FlaskClient, new_database: Database
) -> None:
    routes = "telephone | 01632 960001\nemail | hello@example.org"
    listing = make_listing(
        new_database,
        name="Example Service Q",
        groups="G4",
        contact_routes=routes,
        url="https://q.example.org",
    )
    staff.post(f"/moderation/calls/{listing}/claim")
    staff.post("/moderation/calls/quiet", data={"hide": "yes"})
    page = html.document_fromstring(staff.get(f"/moderation/calls/{listing}").text)
    for code, words in (("website", "q.example.org"), ("email", "hello@example.org"), ("groups", "abuse")):
        (fact,) = page.cssselect(f"#fact-{code}")
        assert fact.cssselect(f"[name={SAID}{code}]")
        assert f"now-{code}" not in (fact.cssselect("fieldset")[0].get("aria-describedby") or "")
        assert words in fact.cssselect(f"details:not([open]) #now-{code}")[0].text_content()
    for details in page.cssselect("details"):
        details.drop_tree()
    words = page.cssselect("main")[0].text_content()
    assert "example.org" not in words and "01632 960001" in words


def test_whoever_hides_sensitive_text_asks_for_the_same_and_may_find_everything_right(
    staff: FlaskClient, listing: int
) -> None:
    staff.post("/moderation/calls/quiet", data={"hide": "yes", "service": str(listing)})
    page = html.document_fromstring(staff.get(f"/moderation/calls/{listing}").text)
    assert "a life is in danger" in page.cssselect("details:not([open]) #now-telling")[0].text_content()
    for details in page.cssselect("details"):
        details.drop_tree()
    assert "a life is in danger" not in page.text_content()
    assert send(staff, listing, result="confirmed")[0] == 303


def test_a_number_that_is_taken_down_is_not_read_out_of_other_words(
    staff: FlaskClient, new_database: Database
) -> None:
    number = make_listing(
        new_database, name="Example Service H", contact_routes="telephone | 01632 960111",
        when_they_must_tell="They ring 01632 960111 where a life is in danger.",
    )  # fmt: skip
    with new_database.transaction() as session:
        asked = HoldAsked("route", "01632 960111", "Somebody else answers.")
        place_hold(session, number, asked, by=Actor(None, "moderator"), now=now_utc())
    staff.post(f"/moderation/calls/{number}/claim")
    words = words_of(staff.get(f"/moderation/calls/{number}").text)
    assert "where a life is in danger" in words and "Listed: They ring 01632 960111" not in words
