"""What one service fills, and what would make it fill more: by the rules of the matrix, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from directory.matrix.cells import CellType
from directory.matrix.fills import Ask, Fill, fills, would_fill_more, would_tell_more
from directory.matrix.findings import Limits
from directory.matrix.types import Level, Mode, Rules, Test
from tests.builders import make_matrix_service

RULES = Rules(date(2026, 11, 26))
LISTED = frozenset({"listings"})
TYPES = {
    "G4.6": CellType("G4.6", "G4", "therapy", LISTED),
    "G4.1": CellType("G4.1", "G4", "helpline", LISTED, frozenset({Mode.REMOTE})),
    "G1.1": CellType("G1.1", "G1", "system", frozenset({"partnership"})),
}
NATIONS = {"E06000031": "E92000001", "E06000001": "E92000001", "W06000001": "W92000004"}


def test_a_confirmed_service_fills_its_half_where_it_takes_people_and_nothing_else() -> None:
    found = fills(make_matrix_service(), TYPES, NATIONS, RULES)
    assert found == (Fill("G4.6", Mode.IN_PERSON, Level.AVAILABLE, (), ("E06000031",)),)
    assert would_fill_more(found) == ()


def test_areas_in_which_it_stands_otherwise_are_told_apart_the_fullest_first() -> None:
    service = make_matrix_service(
        authorities=frozenset({"E06000031"}),
        nations=frozenset({"E92000001"}),
        partly=frozenset({"E92000001"}),
    )
    assert fills(service, TYPES, NATIONS, RULES) == (
        Fill("G4.6", Mode.IN_PERSON, Level.AVAILABLE, (), ("E06000031",)),
        Fill("G4.6", Mode.IN_PERSON, Level.PARTLY, (Test.SOME_RESIDENTS,), ("E06000001",)),
    )


@pytest.mark.parametrize(
    ("what", "asks"),
    [
        ({"confirmed_on": None}, {Ask.CONFIRM: 1}),
        ({"confirmed_on": date(2026, 1, 1)}, {Ask.CONFIRM: 1}),
        ({"types": {"G4.6": False}}, {Ask.SAY_WHAT: 1}),
        ({"in_person": None, "remote": None}, {Ask.SAY_MODE: 2}),
        ({"free": None}, {Ask.SAY_COST: 1}),
        ({"free": False}, {}),
        ({"free": False, "confirmed_on": None}, {}),
        ({"is_active": False}, {Ask.SAY_OPEN_AGAIN: 1}),
        ({"waiting_list": "closed"}, {Ask.SAY_WAITING_LIST: 1}),
        ({"accepting": False}, {Ask.SAY_TAKING_PEOPLE: 1}),
        ({"nations": frozenset(NATIONS.values()), "confirmed_on": None}, {Ask.CONFIRM: 3}),
        ({"types": {"G1.1": True}, "confirmed_on": None}, {}),
        ({"types": {"G4.1": True}, "remote": True, "confirmed_on": None}, {Ask.CONFIRM: 1}),
    ],
)  # fmt: skip
def test_what_would_fill_more_follows_from_the_tests_it_fails(
    what: dict[str, object], asks: dict[Ask, int]
) -> None:
    assert dict(would_fill_more(fills(make_matrix_service(**what), TYPES, NATIONS, RULES))) == asks


def test_a_type_that_listings_do_not_fill_is_told_as_no_more_than_evidence() -> None:
    (one, *_rest) = fills(make_matrix_service(types={"G1.1": True}), TYPES, NATIONS, RULES)
    assert (one.support_type, one.level) == ("G1.1", Level.NOTHING)


def test_what_nobody_has_told_of_using_it_is_asked() -> None:
    bare = would_tell_more(make_matrix_service(confirmed_on=None), RULES, Limits())
    assert bare == (
        Ask.SAY_WAITING_LIST, Ask.SAY_HOW_LONG, Ask.SAY_HOURS, Ask.SAY_REFERRAL, Ask.SAY_PLACES,
    )  # fmt: skip
    full = make_matrix_service(
        waiting_list="none", is_out_of_hours=False, referral=frozenset({"self"}), places_a_year=40
    )
    assert would_tell_more(full, RULES, Limits()) == ()
