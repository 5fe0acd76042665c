"""The grid on screen: what it counts, what it says of itself, and what turns when something is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.config import Settings
from directory.geo.areas import areas
from directory.matrix.types import State
from tests.accounts import commissioner_of
from tests.builders import import_rows, make_listing, make_row
from tests.integration.matrix.grid_pages import (
    PETERBOROUGH,
    confirm,
    database_of,
    half_states,
    page,
    row_states,
    small_site,
    state,
    states_in,
    words,
)

WHOLE = {"free_to_person": "yes", "modes": "in-person"}


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    return small_site(empty_settings)


def test_the_grid_says_whose_list_it_is_and_how_it_judges(client: FlaskClient) -> None:
    tree = page(client, f"/matrix/{PETERBOROUGH}")
    told = words(tree)
    assert "working list" in told and "not the CSA Centre’s own text" in told
    assert "/matrix/rules" in {link.get("href") for link in tree.cssselect("main a")}


def test_every_type_has_one_row_and_every_half_that_applies_one_state(client: FlaskClient) -> None:
    tree = page(client, f"/matrix/{PETERBOROUGH}")
    rows = tree.cssselect(".matrix-group tbody tr")
    assert len(rows) == 75
    halves = [
        state
        for row in rows
        for cell in row.cssselect("td[data-head='In person'], td[data-head='By phone or online']")
        for state in states_in(cell)
    ]
    totals = [words(line) for line in tree.cssselect(".state-totals li")]
    assert len(halves) == 141
    assert [f"{halves.count(code)} of 141" in total for code, total in zip(
        ("available", "partly", "not-available", "not-known"), totals, strict=True
    )] == [True] * 4  # fmt: skip


def test_the_overview_counts_every_half_once_in_six_columns_and_in_nine(client: FlaskClient) -> None:
    for query, count in (("", 6), ("?open=children,at-risk,families", 9), ("?open=families", 7)):
        tree = page(client, f"/matrix/{PETERBOROUGH}{query}")
        table = tree.cssselect(".overview")[0]
        assert len(table.cssselect("thead th")) == count + 1
        counts = [words(line).split()[1] for line in table.cssselect("td .state")]
        assert sum(int(number) for number in counts) == 141
        types = [link.get("href") for link in table.cssselect("td a")]
        assert len(types) == len(set(types)) == 75


@pytest.mark.parametrize(
    "query",
    ["open=parents", "open=everyone", "open=children,<script>", "people=maybe", "open=children&people=1"],
)
def test_an_address_that_asks_for_what_is_not_there_is_answered_clearly(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/matrix/{PETERBOROUGH}?{query}")
    assert answer.status_code == 400
    assert "<script>" not in answer.text and "This address" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "E99999999",
        "e06000031",
        "%3Cscript%3E",
        f"{PETERBOROUGH}/G2.99",
        f"{PETERBOROUGH}/views/fun",
        "nowhere/calls",
        "nowhere/views",
        "nowhere/G2.4",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/matrix/{path}").status_code == 404


def test_the_figures_can_be_left_out(client: FlaskClient) -> None:
    told = words(page(client, f"/matrix/{PETERBOROUGH}"))
    assert "People affected:" in told and "national rate applied locally" in told
    tree = page(client, f"/matrix/{PETERBOROUGH}?people=hide&open=children")
    assert "People affected:" not in words(tree)
    split = [link.get("href") for link in tree.cssselect(".overview__open")]
    assert split and all("people=hide" in address for address in split)


def test_upper_bounds_are_shown_to_commissioners_alone(site: Flask) -> None:
    readers = ((site.test_client(), False), (commissioner_of(site, PETERBOROUGH), True))
    for reader, is_shown in readers:
        assert ("an upper bound" in words(page(reader, f"/matrix/{PETERBOROUGH}"))) is is_shown


def test_confirming_one_service_turns_exactly_its_cells(site: Flask) -> None:
    client = site.test_client()
    number = make_listing(database_of(site), support_types="G4.6;G4.7?", **WHOLE)
    before = {
        code: row_states(page(client, f"/matrix/{PETERBOROUGH}"), code) for code in ("G4.6", "G4.7", "G4.4")
    }
    confirm(site, number)
    tree = page(client, f"/matrix/{PETERBOROUGH}")
    assert before["G4.6"]["In person"] == ["partly"]
    assert row_states(tree, "G4.6")["In person"] == ["available"]
    assert row_states(tree, "G4.6")["By phone or online"] == ["not-known"]
    assert row_states(tree, "G4.7") == before["G4.7"]
    assert row_states(tree, "G4.4") == before["G4.4"]
    totals = [words(line) for line in tree.cssselect(".state-totals li")]
    assert totals[0].endswith("1 of 141") and totals[1].endswith("1 of 141")


def test_a_change_of_coverage_turns_exactly_the_cells_of_the_places_it_is_about(
    site: Flask, tmp_path: Path
) -> None:
    client, fenland = site.test_client(), "E07000010"
    row = make_row(support_types="G4.6", modes="in-person", coverage="Peterborough")
    import_rows(database_of(site), tmp_path / "first.csv", row)
    here, there = (page(client, f"/matrix/{code}/G4.6") for code in (PETERBOROUGH, fenland))
    assert (half_states(here)["in-person"], half_states(there)["in-person"]) == ("partly", "not-known")
    import_rows(database_of(site), tmp_path / "second.csv", row | {"coverage": "Fenland"})
    for code, count in ((PETERBOROUGH, 0), (fenland, 1), ("E07000008", 0)):
        totals = [words(line) for line in page(client, f"/matrix/{code}").cssselect(".state-totals li")]
        assert totals[1].endswith(f"{count} of 141"), code


def test_a_dispute_and_where_a_statement_was_made_for_stand_in_the_row(site: Flask) -> None:
    make_listing(database_of(site), support_types="G4.6", **WHOLE)
    state(site, PETERBOROUGH, "G4.6", State.NOT_AVAILABLE)
    state(site, "E92000001", "G2.1", State.PARTLY, body="national")
    commissioner = commissioner_of(site, PETERBOROUGH)
    told = [words(row) for row in page(commissioner, f"/matrix/{PETERBOROUGH}").cssselect("tbody tr")]
    (disputed,) = (row for row in told if "G4.6" in row)
    (national,) = (row for row in told if "G2.1 " in f"{row} ")
    assert "Disputed" in disputed and "1 service counts" in disputed
    assert "Something has been said for England" in national


def test_a_wider_area_counts_authorities_and_people_once(site: Flask) -> None:
    for coverage in ("Peterborough", "Peterborough; Fenland", "Cambridgeshire"):
        make_listing(database_of(site), support_types="G4.6", coverage=coverage, **WHOLE)
    area = "cambridgeshire-and-peterborough"
    tree = page(site.test_client(), f"/matrix/{area}/G4.6")
    heads = [words(head) for head in tree.cssselect("#half-in-person ~ h3")]
    assert heads == ["◐ Partly available in all 6 authorities"]
    confirm(site, 1)
    tree = page(site.test_client(), f"/matrix/{area}/G4.6")
    members = [areas()[link.get("href").split("/")[2]] for link in tree.cssselect("#half-in-person ~ ul a")]
    assert len({one.code for one in members}) == len(members) == 6
    adults = {one.code: one.population_18_and_over for one in members}
    percent = round(100 * adults[PETERBOROUGH] / sum(adults.values()))
    heads = [words(head) for head in tree.cssselect("#half-in-person ~ h3")]
    assert heads == [
        f"● Available in 1 of 6 authorities, {percent}% of adults",
        f"◐ Partly available in 5 of 6 authorities, {100 - percent}% of adults",
    ]


def test_public_bodies_are_judged_by_their_own_services_and_statements(site: Flask) -> None:
    client = site.test_client()
    make_listing(database_of(site), support_types="G4.6", sector="voluntary", **WHOLE)
    state(site, PETERBOROUGH, "G4.1", State.AVAILABLE, sector="statutory")
    state(site, PETERBOROUGH, "G2.1", State.AVAILABLE)
    tree = page(client, f"/matrix/{PETERBOROUGH}")
    assert row_states(tree, "G4.6")["From public bodies"] == ["not-known"]
    assert row_states(tree, "G4.1")["From public bodies"] == ["available"]
    assert row_states(tree, "G2.1")["From public bodies"] == ["not-known"]
    assert row_states(tree, "G2.1")["In person"] == ["available"]


@pytest.mark.parametrize(
    "code", ["E06000031", "E10000028", "E12000004", "W92000004", "K04000001", "E23000015"]
)
def test_areas_of_every_kind_open_from_the_real_listings(client: FlaskClient, code: str) -> None:
    tree = page(client, f"/matrix/{code}")
    assert len(tree.cssselect(".matrix-group tbody tr")) == 75
    identifiers = [one.get("id") for one in tree.cssselect("[id]")]
    assert len(identifiers) == len(set(identifiers))
    title = tree.cssselect("title")[0].text_content().lower()
    assert not [word for word in ("abuse", "sexual", "victim", "harm", "child") if word in title]
