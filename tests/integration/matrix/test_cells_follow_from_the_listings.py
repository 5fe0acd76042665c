"""Any cell followed by hand to the lines of data/services.csv gives the state that the page shows."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.config import DATA
from directory.reference.coverage import read_coverage
from directory.web.matrix_world import matrix_world
from tests.integration.matrix.grid_pages import half_states, page, row_states

THREE_CELLS = (("E06000031", "G2.4"), ("W06000015", "G4.6"), ("E07000195", "G9.2"))
PLACES = {"E06000031": "E92000001", "W06000015": "W92000004", "E07000195": "E92000001"}
HEADS = {"in-person": "In person", "remote": "By phone or online"}


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_hand(place: str, code: str, mode: str) -> str:
    """A cell from the lines alone, while nothing is confirmed and nobody has said anything.

    It is *partly* available as soon as one listed line names the type (or one that fills
    it), takes people from the place, and does not say that it helps in the other way only.
    """
    kinds = {line["code"]: line for line in table("support_types.csv")}
    if "listings" not in kinds[code]["filled_by"].split(";"):
        return "not-known"
    fillers = {code} | {one for one, line in kinds.items() if code in line["fills"].split(";")}
    for line in table("services.csv"):
        named = {one.strip().rstrip("?") for one in line["support_types"].split(";")}
        takes = read_coverage(line["coverage"])
        if (
            line["listing"] == "listed"
            and named & fillers
            and (place in takes.authorities or PLACES[place] in takes.nations)
            and (not line["modes"] or mode in line["modes"].split(";"))
        ):
            assert not line["last_confirmed"]
            return "partly"
    return "not-known"


@pytest.mark.parametrize(("place", "code"), THREE_CELLS)
def test_three_cells_read_the_same_by_hand_on_their_page_and_in_the_grid(
    client: FlaskClient, place: str, code: str
) -> None:
    modes = next(line["modes"] for line in table("support_types.csv") if line["code"] == code).split(";")
    expected = {mode: by_hand(place, code, mode) for mode in modes}
    assert half_states(page(client, f"/matrix/{place}/{code}")) == expected
    row = row_states(page(client, f"/matrix/{place}"), code)
    assert {mode: row[HEADS[mode]][0] for mode in modes} == expected


@pytest.mark.parametrize("place", PLACES)
def test_every_cell_of_a_place_reads_as_by_hand(client: FlaskClient, place: str) -> None:
    tree = page(client, f"/matrix/{place}")
    for line in table("support_types.csv"):
        row = row_states(tree, line["code"])
        for mode, head in HEADS.items():
            expected = [by_hand(place, line["code"], mode)] if mode in line["modes"].split(";") else []
            assert row[head] == expected, (line["code"], mode)


def test_nothing_reads_not_available_while_nobody_has_said_so(listed_app: Flask) -> None:
    with listed_app.app_context():
        world = matrix_world()
        assert world.statements == ()
        shown = {
            state
            for code, cell in _cells().items()
            for mode in cell
            for state in world.states.over(world.areas.authorities, code, mode).values()
        }
    assert {one.value for one in shown} == {"partly", "not-known"}


def _cells() -> Mapping[str, frozenset[str]]:
    from directory.queries.current_matrix import cell_types

    return {code: cell.modes for code, cell in cell_types().items()}
