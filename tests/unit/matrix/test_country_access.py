"""Both layers of a small country by hand: two authorities, a square each, ten kilometres apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from directory.geo.areas import areas
from directory.geo.types import Point
from directory.matrix.cells import CellType
from directory.matrix.country_access import (
    CountryAccess,
    InPersonAccess,
    RemoteAccess,
    TypesInPerson,
)
from directory.matrix.demand import spread
from directory.matrix.supply import Unit
from directory.matrix.types import MatrixService, Mode
from directory.matrix.wide import people_of_group
from tests.unit.matrix.random_country import BANDS, a_service

A, B = "E07000001", "W06000001"
NATION_OF = {A: "E92000001", B: "W92000004"}
HERE, FAR = Point(500, 500), Point(500, 90_500)
TYPES = (
    CellType("G4.6", "G4", "therapy", frozenset({"listings"})),
    CellType("G4.2", "G4", "helpline", frozenset({"listings"}), frozenset({Mode.REMOTE})),
    CellType("G4.1", "G4", "system", frozenset({"partnership"})),
)


def country(services: Sequence[MatrixService]) -> CountryAccess:
    """1,000 people in A, at the place HERE; 500 in B, ten kilometres away."""
    points = spread((A, B), np.array([0, 1]), np.array([500, 10_500]), np.array([500, 500]), np.array([7, 3]))
    return CountryAccess(points, services, TYPES, {"G4": np.array([1000.0, 500.0])}, BANDS, NATION_OF)


def counselling(services: Sequence[MatrixService], authority: str) -> InPersonAccess:
    (found,) = country(services).in_person(authority)
    assert found.support_type == "G4.6"
    return found


def remote(services: Sequence[MatrixService], code: str, authority: str = A) -> RemoteAccess:
    (found,) = (one for one in country(services).remote(authority) if one.support_type == code)
    return found


def test_a_service_with_a_place_is_shared_by_all_it_reaches() -> None:
    services = [a_service(1, {A, B}, HERE)]
    here, there = counselling(services, A), counselling(services, B)
    assert (here.nearest_km, there.nearest_km) == (0.0, 10.0)
    assert dict(there.within) == {5: 0.0, 10: 1.0, 20: 1.0}
    assert here.score.per_person == there.score.per_person == pytest.approx(1 / 1500)
    assert (here.score.unit, here.shared, here.unplaced) == (Unit.SERVICES, 0.0, ())


def test_a_service_out_of_reach_has_a_distance_and_no_score() -> None:
    found = counselling([a_service(1, {A}, FAR)], A)
    assert (found.nearest_km, found.score.per_person) == (90.0, 0.0)
    assert found.counted.services == 1


def test_a_service_without_a_place_is_shared_by_head_and_has_no_distance() -> None:
    services = [a_service(1, {A}, HERE), a_service(2, {A, B}), a_service(3, {B})]
    here, there = counselling(services, A), counselling(services, B)
    assert here.score.per_person == pytest.approx(1 / 1000 + 1 / 1500)
    assert here.shared == pytest.approx(1 / 1500)
    assert there.score.per_person == there.shared == pytest.approx(1 / 1500 + 1 / 500)
    assert (there.nearest_km, dict(there.within), there.unplaced) == (None, {}, (2, 3))


def test_where_a_confidential_service_is_changes_no_figure() -> None:
    def figures(place: Point) -> list[object]:
        services = [a_service(1, {A, B}, place, is_confidential=True), a_service(2, {A}, HERE)]
        figures = country(services)
        return [figures.in_person(code) for code in (A, B)] + [figures.remote(code) for code in (A, B)]

    assert figures(HERE) == figures(FAR)
    assert counselling([a_service(1, {A}, HERE, is_confidential=True)], A).unplaced == (1,)


def test_a_service_next_door_that_takes_nobody_from_here_changes_nothing() -> None:
    alone, beside = [a_service(1, {A}, HERE)], [a_service(1, {A}, HERE), a_service(2, {B}, HERE)]
    before, after = counselling(alone, A), counselling(beside, A)
    assert (before.score.per_person, before.nearest_km) == (after.score.per_person, after.nearest_km)
    assert (before.counted.anywhere, after.counted.anywhere) == (1, 2)


def test_help_by_phone_or_online_never_adds_to_help_in_person() -> None:
    both = a_service(1, {A, B}, HERE)
    online = a_service(2, {A, B}, in_person=False, remote=True, places_a_year=15)
    assert counselling([both, online], A) == counselling([both], A)
    found = remote([both, online], "G4.6")
    assert found.score is not None
    assert (found.score.per_person, found.score.unit) == (pytest.approx(0.01), Unit.PLACES_A_YEAR)


@pytest.mark.parametrize(
    ("places", "unit", "score"),
    [((30, 15), Unit.PLACES_A_YEAR, 0.045), ((30, None), Unit.SERVICES, 0.002)],
)
def test_places_and_services_are_never_mixed(
    places: tuple[int | None, ...], unit: Unit, score: float
) -> None:
    services = [a_service(1, {A}, HERE, places_a_year=places[0]), a_service(2, {A}, places_a_year=places[1])]
    found = counselling(services, A).score
    assert (found.unit, found.per_person) == (unit, pytest.approx(score))


def test_a_help_line_is_there_or_not_and_open_late_or_not() -> None:
    def line(number: int, is_late: bool | None, **more: Any) -> MatrixService:
        told = {"types": {"G4.2": True}, "in_person": False, "remote": True, "is_out_of_hours": is_late}
        return a_service(number, {A}, **(told | more))

    found = remote([line(1, True), line(2, False), line(3, None)], "G4.2")
    assert (found.score, found.counted.services, found.hours_known, found.out_of_hours) == (None, 3, 2, 1)
    with_places = remote([line(1, True, places_a_year=500)], "G4.2").score
    assert with_places is not None and with_places.per_person == pytest.approx(0.5)
    assert remote([], "G4.2").score is None


def test_what_only_may_help_or_takes_only_some_is_told_beside_what_counts() -> None:
    services = [
        a_service(1, {A, B}, HERE, partly=frozenset({A})),
        a_service(2, {A}, types={"G4.6": False}),
        a_service(3, {A}, free=False),
        a_service(4, {A}, in_person=None),
        a_service(5, {B}, types={"G4.6": False}),
    ]
    counted = counselling(services, A).counted
    assert (counted.services, counted.partly, counted.may_count, counted.anywhere) == (1, 1, 3, 1)
    assert counselling(services, B).counted.partly == 0


def test_a_nation_that_is_covered_covers_its_authorities() -> None:
    services = [a_service(1, (), HERE, nations=frozenset({"W92000004"}))]
    assert counselling(services, B).counted.services == 1
    assert counselling(services, A).counted.services == 0


def test_types_are_counted_as_listed_and_again_when_a_place_is_known() -> None:
    counts = country([a_service(1, {A, B}), a_service(2, {A}, HERE)]).types_in_person()
    assert counts == {
        A: TypesInPerson(types=1, listed=1, placed=1),
        B: TypesInPerson(types=1, listed=1, placed=0),
    }
    assert country([]).types_in_person()[A] == TypesInPerson(types=1, listed=0, placed=0)


def test_the_middle_authority_stands_beside_each_score() -> None:
    found = counselling([a_service(1, {A}, HERE)], A).score
    assert (found.per_person, found.middle) == (0.001, 0.0005)


def test_only_what_listings_can_show_is_there_and_only_in_the_ways_it_is_given() -> None:
    figures = country([])
    assert [one.support_type for one in figures.in_person(A)] == ["G4.6"]
    assert [one.support_type for one in figures.remote(A)] == ["G4.6", "G4.2"]
    assert figures.in_person(A)[0].nearest_km is None
    with pytest.raises(KeyError):
        figures.in_person("E99999999")


def test_children_stand_for_the_groups_of_children_and_their_families_and_adults_for_the_others() -> None:
    here = areas()["E06000031"]
    assert people_of_group("G2", here) == people_of_group("G6", here) == here.population_under_18
    assert people_of_group("G4", here) == people_of_group("G9", here) == here.population_18_and_over
