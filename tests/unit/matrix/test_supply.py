"""Which services count as supply, whom they accept, and that a confidential place is never among the places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.types import Point
from directory.matrix.judge import acceptance
from directory.matrix.supply import is_supply, may_be_supply, rows_by_type, supply_places
from directory.matrix.types import Level, MatrixService, Mode
from tests.unit.matrix.random_country import CODES, NATION_OF, a_service

areas = st.frozensets(st.sampled_from([*CODES, *sorted(set(NATION_OF.values()))]))


@pytest.mark.parametrize(
    ("said", "counts", "may_count"),
    [
        ({}, True, False),
        ({"types": {"G4.6": False}}, False, True),
        ({"types": {"G4.7": True}}, False, False),
        ({"in_person": None}, False, True),
        ({"in_person": False}, False, False),
        ({"free": False}, False, True),
        ({"free": None}, True, False),
        ({"is_active": False}, False, True),
        ({"accepting": False}, False, True),
        ({"accepting": None}, True, False),
        ({"waiting_list": "closed"}, False, True),
        ({"waiting_list": "open"}, True, False),
        ({"confirmed_on": None}, True, False),
    ],
)
def test_what_counts_is_certain_running_free_and_takes_new_people(
    said: dict[str, Any], counts: bool, may_count: bool
) -> None:
    service = a_service(1, CODES, **said)
    assert is_supply(service, "G4.6", Mode.IN_PERSON) is counts
    assert may_be_supply(service, "G4.6", Mode.IN_PERSON) is may_count


def test_each_way_of_helping_is_asked_by_itself() -> None:
    services = [
        a_service(1, CODES),
        a_service(2, CODES, in_person=False, remote=True),
        a_service(3, CODES, remote=True),
    ]
    in_person = rows_by_type(services, ["G4.6", "G4.7"], Mode.IN_PERSON)
    assert {code: rows.tolist() for code, rows in in_person.items()} == {"G4.6": [0, 2], "G4.7": []}
    assert rows_by_type(services, ["G4.6"], Mode.REMOTE)["G4.6"].tolist() == [1, 2]


@given(st.lists(st.tuples(areas, areas), max_size=6))
def test_whom_a_service_accepts_is_what_the_matrix_says_too(
    named: list[tuple[frozenset[str], frozenset[str]]],
) -> None:
    nations = frozenset(NATION_OF.values())
    services = [
        MatrixService(
            number, "Example Service", authorities=codes - nations, nations=codes & nations, partly=some
        )
        for number, (codes, some) in enumerate(named)
    ]
    places = supply_places(services, NATION_OF)
    for row, service in enumerate(services):
        for column, (code, nation) in enumerate(NATION_OF.items()):
            level = acceptance(service, code, nation)
            assert places.accepts[row, column] == (level is not Level.NOTHING)
            assert places.accepts_all[row, column] == (level is Level.AVAILABLE)


def test_a_confidential_place_is_left_out_even_when_it_is_handed_over() -> None:
    services = [
        a_service(1, CODES, Point(1, 2), is_confidential=True),
        a_service(2, CODES, Point(3, 4)),
        a_service(3, CODES),
    ]
    places = supply_places(services, NATION_OF)
    assert (places.service.tolist(), places.eastings_m.tolist()) == ([1], [3])
    assert places.has_place.tolist() == [False, True, False]
