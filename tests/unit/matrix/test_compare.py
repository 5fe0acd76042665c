"""Which authorities are set beside which, what is counted of each, and how figures fall into classes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.areas import areas
from directory.matrix.areas import Areas, NamedArea
from directory.matrix.compare import CLASSES_MOST, Beside, classes, compared, set_beside
from directory.matrix.rates import Rate
from directory.matrix.types import State
from tests.builders import make_matrix_service

ALL = Areas(areas().values(), [NamedArea("two", "Two", ("E06000031", "E07000010"))])
PETERBOROUGH, FENLAND, CITY = "E06000031", "E07000010", "E09000001"
ENGLAND = "E92000001"
GROUP_OF = {"G2.3": "G2", "G4.6": "G4"}


def beside(code: str, how: Beside) -> list[str]:
    area = ALL.get(code)
    assert area is not None
    return list(set_beside(area, ALL, how))


def test_neighbours_are_the_ten_nearest_by_centre_the_nearest_first() -> None:
    area = ALL.get(PETERBOROUGH)
    assert area is not None
    found = set_beside(area, ALL, Beside.NEIGHBOURS)
    assert list(found)[0] == PETERBOROUGH and len(found) == 11
    away = [km for km in found.values() if km is not None]
    assert away == sorted(away)
    assert FENLAND in list(found)[1:4]


def test_a_region_a_force_and_a_nation_hold_the_authority_itself_first() -> None:
    for how, size in ((Beside.REGION, 45), (Beside.FORCE, 6), (Beside.NATION, 296)):
        found = beside(PETERBOROUGH, how)
        assert found[0] == PETERBOROUGH
        assert len(found) == len(set(found)) == size, how


def test_a_force_of_one_authority_sets_it_beside_nobody() -> None:
    assert beside(CITY, Beside.FORCE) == [CITY]


def test_wales_is_the_nation_of_a_welsh_authority() -> None:
    assert len(beside("W06000015", Beside.NATION)) == 22


def test_the_authorities_of_a_wider_area_are_set_beside_each_other() -> None:
    assert beside("two", Beside.WITHIN) == [FENLAND, PETERBOROUGH]


@pytest.mark.parametrize(("code", "how"), [("two", Beside.REGION), (PETERBOROUGH, Beside.WITHIN)])
def test_what_has_no_meaning_is_refused(code: str, how: Beside) -> None:
    with pytest.raises(ValueError, match="cannot be set beside"):
        beside(code, how)


def test_services_that_name_the_authority_are_counted_apart_from_those_for_its_whole_nation() -> None:
    services = [
        make_matrix_service(types={"G4.6": True}),
        make_matrix_service(types={"G2.3": False}, partly=frozenset({PETERBOROUGH})),
        make_matrix_service(authorities=frozenset(), nations=frozenset({ENGLAND})),
        make_matrix_service(authorities=frozenset({FENLAND})),
    ]
    one = ALL.authorities[PETERBOROUGH]
    found = compared(one, ENGLAND, None, {State.PARTLY: 3, State.NOT_KNOWN: 7}, services, GROUP_OF)
    assert (found.local, found.wide, found.halves) == (2, 1, 10)
    assert found.children == Rate(1, one.population_under_18)
    assert found.adults == Rate(1, one.population_18_and_over)


def test_few_different_figures_have_a_class_each() -> None:
    assert [one.members for one in classes({"a": 2, "b": 0, "c": 2})] == [("b",), ("a", "c")]


def test_many_figures_are_sorted_into_classes_of_about_as_many_areas() -> None:
    found = classes({str(number): number for number in range(12)})
    assert [(one.low, one.high, len(one.members)) for one in found] == [
        (0, 2, 3),
        (3, 5, 3),
        (6, 8, 3),
        (9, 11, 3),
    ]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=40))
def test_classes_part_no_equal_figures_leave_nobody_out_and_do_not_overlap(values: dict[str, int]) -> None:
    found = classes(values)
    assert len(found) <= CLASSES_MOST
    assert sorted(code for one in found for code in one.members) == sorted(values)
    assert all(below.high < above.low for below, above in zip(found, found[1:], strict=False))
