"""Stored listings turn exactly the cells they should; confidential places and 'possible' stay what they are."""

from __future__ import annotations

from datetime import date

import pytest

from directory.actions.confirm_listing import confirm_listing
from directory.db import Database
from directory.geo.areas import areas
from directory.matrix.types import MatrixService, Mode, Rules, State, Test
from directory.queries.current_matrix import MatrixWorld, cell_types, matrix_world
from directory.queries.matrix_services import matrix_services
from tests.builders import make_listing

TODAY = date(2026, 11, 26)
PETERBOROUGH = "E06000031"
WHOLE: dict[str, object] = {"free_to_person": "yes", "modes": "in-person"}
Cell = tuple[str, str, Mode]


def world(database: Database) -> MatrixWorld:
    with database.reading() as session:
        return matrix_world(session, Rules(TODAY), (0, 0))


def known(found: MatrixWorld) -> dict[Cell, State]:
    """Every half cell of the country that is anything but *not known*."""
    halves = ((place, code, mode) for place in areas() for code in cell_types() for mode in Mode)
    states = {half: found.states.state(*half) for half in halves}
    return {half: state for half, state in states.items() if state is not State.NOT_KNOWN}


def confirm(database: Database, number: int, on: date = TODAY) -> None:
    with database.transaction() as session:
        confirm_listing(session, number, role="service manager", on=on, today=TODAY)


def service(database: Database, **what: object) -> MatrixService:
    """The one listing, as the matrix sees it."""
    make_listing(database, **what)
    with database.reading() as session:
        (found,) = matrix_services(session)
    return found


def test_a_confirmation_turns_exactly_the_cells_of_that_service(either_database: Database) -> None:
    number = make_listing(either_database, support_types="G4.6;G4.7?", **WHOLE)
    other = make_listing(either_database, support_types="G4.4", coverage="Cardiff", **WHOLE)
    sure, possible = (PETERBOROUGH, "G4.6", Mode.IN_PERSON), (PETERBOROUGH, "G4.7", Mode.IN_PERSON)
    elsewhere = ("W06000015", "G4.4", Mode.IN_PERSON)
    assert known(world(either_database)) == dict.fromkeys((sure, possible, elsewhere), State.PARTLY)
    confirm(either_database, number)
    assert known(world(either_database)) == {
        sure: State.AVAILABLE, possible: State.PARTLY, elsewhere: State.PARTLY,
    }  # fmt: skip
    confirm(either_database, other)
    assert known(world(either_database))[elsewhere] is State.AVAILABLE


def test_a_confirmation_of_long_ago_turns_nothing_and_says_so(database: Database) -> None:
    confirm(database, make_listing(database, **WHOLE), date(2026, 5, 29))
    half = world(database).cell(PETERBOROUGH, "G4.6", Mode.IN_PERSON)
    assert (half.state, half.failed) == (State.PARTLY, (Test.CONFIRMED_LONG_AGO,))


def test_the_latest_confirmation_counts(database: Database) -> None:
    number = make_listing(database, **WHOLE)
    for day in (TODAY, date(2025, 1, 1)):
        confirm(database, number, day)
    assert world(database).states.state(PETERBOROUGH, "G4.6", Mode.IN_PERSON) is State.AVAILABLE


def test_closed_for_now_is_partly_available_and_closed_for_good_is_nothing(database: Database) -> None:
    confirm(database, make_listing(database, status="temporarily closed", **WHOLE))
    half = world(database).cell(PETERBOROUGH, "G4.6", Mode.IN_PERSON)
    assert (half.state, half.failed) == (State.PARTLY, (Test.CLOSED_FOR_NOW,))
    make_listing(database, status="defunct", support_types="G4.7", **WHOLE)
    assert world(database).states.state(PETERBOROUGH, "G4.7", Mode.IN_PERSON) is State.NOT_KNOWN


def test_what_is_not_shown_to_the_public_counts_for_nothing(database: Database) -> None:
    make_listing(database, listing="needs checking", listing_reason="Example reason", **WHOLE)
    assert known(world(database)) == {}


def test_a_confidential_service_counts_and_has_no_place(either_database: Database) -> None:
    found = service(
        either_database, confidential="yes", confidential_reason="its own word", locations="town | Huntingdon"
    )
    assert found.is_confidential and found.points == ()
    assert PETERBOROUGH in found.authorities


def test_a_type_is_certain_only_where_its_group_is(database: Database) -> None:
    found = service(database, groups="G4;G2?", support_types="G4.6;G4.2?;G2.7")
    assert found.types == {"G4.6": True, "G4.2": False, "G2.7": False}


def test_a_listed_place_for_everything_fills_the_types_it_gives(database: Database) -> None:
    found = service(database, groups="G2", support_types="G2.14;G2.4?")
    assert found.types == dict.fromkeys(("G2.14", "G2.3", "G2.4", "G2.5", "G2.6", "G2.7", "G2.11"), True)


@pytest.mark.parametrize(
    ("modes", "in_person", "remote"),
    [("", None, None), ("remote", False, True), ("in-person", True, False), ("in-person;remote", True, True)],
)
def test_a_source_that_says_nothing_of_how_leaves_it_not_known(
    modes: str, in_person: bool | None, remote: bool | None, database: Database
) -> None:
    found = service(database, modes=modes)
    assert (found.in_person, found.remote) == (in_person, remote)


def test_a_service_for_a_nation_counts_in_all_of_it(database: Database) -> None:
    confirm(database, make_listing(database, coverage="Wales", modes="remote", free_to_person="yes"))
    assert set(known(world(database))) == {
        (code, "G4.6", Mode.REMOTE) for code in areas() if code.startswith("W")
    }
