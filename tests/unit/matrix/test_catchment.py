"""The country in arrays: the same as the plain form, and what each part of it means."""

from __future__ import annotations

import math

import numpy as np
import pytest

from directory.geo.types import Point
from directory.matrix import catchment
from directory.matrix.access import catchment_scores
from directory.matrix.bands import as_pairs
from directory.matrix.catchment import authority_scores, point_scores, ratios, reach
from directory.matrix.demand import by_authority, people_at, spread
from directory.matrix.supply import Unit, amounts, supply_places
from tests.unit.matrix.random_country import BANDS, CODES, NATION_OF, Country, a_service, make_country

ONE = {CODES[0]: "E92000001"}
TWO = ONE | {CODES[1]: "E92000001"}


def both_ways(country: Country) -> tuple[dict[str, float], np.ndarray, np.ndarray]:
    """The plain form's scores; and of the arrays those by point and by authority."""
    supply = {str(each.id): float(each.places_a_year or 0) for each in country.services}
    plain = catchment_scores(country.demand(), supply, country.distances(), as_pairs(BANDS), country.accepts)
    places = supply_places(country.services, NATION_OF)
    within = reach(country.points, places, BANDS)
    ratio = ratios(within, country.counted, np.array(list(supply.values())))
    return plain, point_scores(country.points, places, BANDS, ratio), authority_scores(within, ratio)


@pytest.mark.parametrize("seed", range(40))
def test_the_arrays_agree_with_the_plain_form(seed: int) -> None:
    country = make_country(seed, span_km=(30, 150, 400)[seed % 3])
    plain, by_point, by_area = both_ways(country)
    assert by_point.tolist() == pytest.approx(list(plain.values()), rel=1e-6, abs=0)
    for number in range(len(CODES)):
        own = country.points.of(number)
        mean = math.fsum(
            plain[str(place)] * float(country.points.share[place]) for place in range(own.start, own.stop)
        )
        assert by_area[number] == pytest.approx(mean, rel=1e-6, abs=0)


@pytest.mark.parametrize("pairs", [1, 7, 200])
def test_how_many_pairs_are_held_at_once_changes_nothing(pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    country = make_country(3)
    _plain, by_point, _by_area = both_ways(country)
    monkeypatch.setattr(catchment, "_PAIRS_MAX", pairs)
    _plain, in_parts, _by_area = both_ways(country)
    assert in_parts.tolist() == pytest.approx(by_point.tolist(), rel=1e-12)


def test_without_bands_or_places_nobody_reaches_anything() -> None:
    country = make_country(1)
    places = supply_places(country.services, NATION_OF)
    nothing = supply_places([], NATION_OF)
    for within in (reach(country.points, places, ()), reach(country.points, nothing, BANDS)):
        assert authority_scores(within, np.ones(within.services)).tolist() == [0, 0, 0]
    assert point_scores(country.points, places, (), np.ones(len(places))).sum() == 0


def test_a_service_across_the_border_serves_those_it_accepts_on_either_side() -> None:
    """Two squares 10 km apart in two authorities; the service stands in the first and accepts both."""
    points = spread(
        CODES[:2], np.array([0, 1]), np.array([500, 10_500]), np.array([500, 500]), np.array([5, 5])
    )
    services = [a_service(1, CODES[:2], Point(500, 500))]
    within = reach(points, supply_places(services, TWO), BANDS)
    people = np.array([1000.0, 500.0])
    scores = authority_scores(within, ratios(within, people, np.array([30.0])))
    assert scores.tolist() == pytest.approx([0.02, 0.02])


def test_a_service_with_two_places_counts_once_at_the_nearer() -> None:
    points = spread(CODES[:1], np.array([0]), np.array([500]), np.array([500]), np.array([9]))
    both = (Point(30_500, 500), Point(1_500, 500))
    services = [a_service(1, CODES[:1], *both)]
    assert reach(points, supply_places(services, ONE), BANDS).weight.tolist() == [1.0]


def test_people_are_spread_by_postcodes_and_squares_without_any_hold_nobody() -> None:
    points = spread(CODES, np.array([1, 0, 0, 0]), np.arange(4) * 1000, np.zeros(4), np.array([2, 3, 0, 1]))
    assert points.authority.tolist() == [0, 0, 1]
    assert points.share.tolist() == [0.75, 0.25, 1.0]
    people = by_authority({"E07000001": 400, "E07000002": 10, "W06000001": 7}, CODES)
    assert people_at(points, people).tolist() == [300, 100, 10]
    assert points.of(2) == slice(3, 3)


@pytest.mark.parametrize(
    ("known", "unit", "counted"),
    [
        ([220, 80], Unit.PLACES_A_YEAR, [220, 80]),
        ([220, None], Unit.SERVICES, [1, 1]),
        ([None, None], Unit.SERVICES, [1, 1]),
        ([0, 30], Unit.PLACES_A_YEAR, [0, 30]),
        ([], Unit.SERVICES, []),
    ],
)
def test_places_a_year_count_only_where_they_are_known_of_all(
    known: list[int | None], unit: Unit, counted: list[int]
) -> None:
    found, supply = amounts(known)
    assert (found, supply.tolist()) == (unit, counted)
