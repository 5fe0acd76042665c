"""The guide's questions and the round of calls, from the real listings and from a few of our own."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.config import Settings
from directory.matrix.types import State
from directory.web.matrix import VIEWS
from tests.accounts import commissioner_of
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import (
    PETERBOROUGH,
    confirm,
    database_of,
    page,
    small_site,
    state,
    words,
)


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    return small_site(empty_settings)


@pytest.mark.parametrize("area", [PETERBOROUGH, "W06000015", "K04000001"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_question_opens_for_every_kind_of_area(client: FlaskClient, area: str, view: str) -> None:
    tree = page(client, f"/matrix/{area}/views/{view}")
    title = tree.cssselect("title")[0].text_content().lower()
    assert not [word for word in ("abuse", "sexual", "harm", "child") if word in title]
    for table in tree.cssselect("table"):
        heads = len(table.cssselect("thead th"))
        assert {len(row.cssselect("th, td")) for row in table.cssselect("tbody tr")} == {heads}
        assert all(words(cell) for cell in table.cssselect("tbody td"))


def test_the_list_of_questions_says_which_it_cannot_answer(client: FlaskClient) -> None:
    tree = page(client, f"/matrix/{PETERBOROUGH}/views")
    rows = tree.cssselect("tbody tr")
    assert [words(row).split(".")[0] for row in rows] == [str(number) for number in range(1, 17)]
    for row in rows:
        assert bool(row.cssselect("th a")) != ("We do not hold this" in words(row))


def test_missing_is_not_nought_in_the_tables(site: Flask) -> None:
    make_listing(database_of(site), waiting_weeks="6", waiting_as_at="2026-03", waiting_list="open")
    make_listing(database_of(site))
    tree = page(site.test_client(), f"/matrix/{PETERBOROUGH}/views/waiting")
    rows = {words(row.cssselect("th")[0]): row for row in tree.cssselect("tbody tr")}
    told = [words(cell) for cell in rows["Specialist one-to-one counselling"].cssselect("td")]
    assert told == ["2", "0", "0", "6 weeks, from 1 service", "6 weeks, from 1 service", "March 2026", "1"]
    nothing = [words(cell) for cell in next(iter(rows.values())).cssselect("td")]
    assert nothing == ["0", "0", "0", "not known", "not known", "not known", "0"]


def test_whether_it_works_is_counted_for_commissioners_only(site: Flask) -> None:
    state(site, PETERBOROUGH, "G5.1", State.AVAILABLE, effective="mixed")
    for reader, is_hers in ((site.test_client(), False), (commissioner_of(site, PETERBOROUGH), True)):
        tree = page(reader, f"/matrix/{PETERBOROUGH}/views/effective")
        assert ("for commissioners only" in words(tree)) is not is_hers
        assert (len(tree.cssselect("table")) == 0) is not is_hers
        if is_hers:
            assert "1" in [words(cell) for cell in tree.cssselect("tbody tr:first-child td")]


def test_the_round_says_whom_to_ring_on_which_number_and_what_to_ask(site: Flask) -> None:
    client, database = site.test_client(), database_of(site)
    number = make_listing(database, modes="in-person", support_types="G4.6;G4.7?", name="Example Service B")
    make_listing(
        database, modes="in-person", support_types="G4.4", contact_routes="", name="Example Service C"
    )
    make_listing(database, free_to_person="no", support_types="G4.8", name="Example Service D")
    tree = page(client, f"/matrix/{PETERBOROUGH}/calls")
    first, second = tree.cssselect("table.calls")
    told = words(first)
    assert "Example Service B" in told and "Example Service D" not in words(tree)
    assert first.cssselect("a[href='tel:01632960001']")
    assert "Is it free to the person?" in told and "1 type to ask about" in told
    assert "Example Service C" in words(second)
    assert "A call to 1 service could make 2 of" in words(tree)
    confirm(site, number)
    after = page(client, f"/matrix/{PETERBOROUGH}/calls").cssselect("table.calls")[0]
    assert "Is what our listing says right?" not in words(after)


def test_the_grid_and_the_round_tell_the_same_number(client: FlaskClient) -> None:
    calls = page(client, f"/matrix/{PETERBOROUGH}/calls")
    settled = words(calls.cssselect(".govuk-body-l")[0]).split(" could make ")[1].split(" ")[0]
    assert f"could make {settled} of these available" in words(page(client, f"/matrix/{PETERBOROUGH}"))
