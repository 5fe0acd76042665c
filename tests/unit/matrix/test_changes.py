"""What changed between two days: each kind of change alone, and nothing where nothing did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from directory.matrix.cells import CellType
from directory.matrix.changes import HalfChange, What, half_changes, service_changes
from directory.matrix.types import MatrixService, Mode, State
from tests.builders import make_matrix_service

HERE = {"E06000031": "E92000001"}
WIDE = {"E06000031": "E92000001", "E07000010": "E92000001"}
SERVICE = make_matrix_service(name="Example Service A")


def happened(
    old: MatrixService | None, new: MatrixService | None, members: dict[str, str] = HERE
) -> list[What]:
    found = service_changes(members, [old] if old else [], [new] if new else [])
    return [one.what for one in found]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"confirmed_on": date(2026, 11, 20)}, [What.CONFIRMED]),
        ({"is_active": False}, [What.CLOSED_FOR_NOW]),
        ({"waiting_list": "closed"}, [What.LIST_CLOSED]),
        ({"partly": frozenset({"E06000031"})}, [What.TAKES_FEWER]),
        ({"authorities": frozenset({"E07000010"})}, [What.TAKES_FEWER]),
        ({"types": {"G4.6": False}}, [What.OTHER_FACTS]),
        ({"authorities": frozenset({"E06000031", "E07000010"})}, []),
        ({"confirmed_on": None}, [What.OTHER_FACTS]),
        ({}, []),
    ],
)
def test_each_change_of_a_service_is_told_as_what_it_is(change: dict[str, object], what: list[What]) -> None:
    assert happened(SERVICE, replace(SERVICE, **change)) == what  # type: ignore[arg-type]  # any field


def test_the_way_back_is_told_too() -> None:
    assert happened(replace(SERVICE, is_active=False), SERVICE) == [What.OPEN_AGAIN]
    assert happened(replace(SERVICE, waiting_list="closed"), SERVICE) == [What.LIST_OPEN_AGAIN]
    assert happened(replace(SERVICE, authorities=frozenset({"E07000010"})), SERVICE) == [What.TAKES_MORE]


def test_services_come_and_go_only_where_they_take_people() -> None:
    elsewhere = make_matrix_service(authorities=frozenset({"E07000010"}))
    assert happened(None, SERVICE) == [What.CAME]
    assert happened(SERVICE, None) == [What.WENT]
    assert happened(None, elsewhere) == happened(elsewhere, None) == []
    assert happened(elsewhere, replace(elsewhere, is_active=False)) == []


def test_a_wider_area_says_in_which_authorities_more_people_are_taken() -> None:
    wider = replace(SERVICE, authorities=frozenset(WIDE))
    (change,) = service_changes(WIDE, [SERVICE], [wider])
    assert (change.what, change.authorities) == (What.TAKES_MORE, ("E07000010",))


def test_whole_nations_count_as_coverage() -> None:
    nation = replace(SERVICE, authorities=frozenset(), nations=frozenset({"E92000001"}))
    assert happened(SERVICE, nation) == []
    assert happened(nation, SERVICE, WIDE) == [What.TAKES_FEWER]


class States:
    """States of every authority, type and mode that are not known unless said otherwise."""

    def __init__(self, **said: State) -> None:
        self._said = said

    def over(self, authorities: Iterable[str], support_type: str, mode: Mode) -> dict[str, State]:
        return {
            code: self._said.get(code, State.NOT_KNOWN) if support_type == "G4.6" else State.NOT_KNOWN
            for code in authorities
        }


BOTH = CellType("G4.6", "G4", "therapy", frozenset({"listings"}))
REMOTE = replace(BOTH, modes=frozenset({Mode.REMOTE}))


def test_authorities_that_moved_alike_stand_in_one_line() -> None:
    before = States(a=State.PARTLY, b=State.PARTLY, c=State.AVAILABLE)
    after = States(a=State.AVAILABLE, b=State.AVAILABLE, c=State.PARTLY)
    found = half_changes(("a", "b", "c"), ({"G4.6": REMOTE}, before), ({"G4.6": REMOTE}, after))
    assert found == (
        HalfChange("G4.6", Mode.REMOTE, State.AVAILABLE, State.PARTLY, ("c",)),
        HalfChange("G4.6", Mode.REMOTE, State.PARTLY, State.AVAILABLE, ("a", "b")),
    )


def test_a_half_that_did_not_apply_then_is_no_change_of_state() -> None:
    moved = (States(a=State.PARTLY), States(a=State.AVAILABLE))
    found = half_changes(("a",), ({"G4.6": REMOTE}, moved[0]), ({"G4.6": BOTH}, moved[1]))
    assert [one.mode for one in found] == [Mode.REMOTE]
    assert half_changes(("a",), ({}, moved[0]), ({"G4.6": BOTH}, moved[1])) == ()
