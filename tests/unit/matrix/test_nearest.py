"""The nearest service that accepts one's residents, and the share of people within so many miles."""

from __future__ import annotations

import math

import numpy as np
import pytest

from directory.geo.types import Point
from directory.matrix.demand import spread
from directory.matrix.nearest import nearest
from directory.matrix.supply import supply_places
from tests.unit.matrix.random_country import CODES, NATION_OF, a_service, make_country

ONE = {CODES[0]: "E92000001"}
TWO = ONE | {CODES[1]: "E92000001"}


def test_the_mean_weighs_people_and_the_shares_count_them() -> None:
    """Three quarters of the people live 3 km away, one quarter 30 km: 1.9 and 18.6 miles."""
    points = spread(
        CODES[:1], np.array([0, 0]), np.array([500, 500]), np.array([500, 27_500]), np.array([3, 1])
    )
    services = [a_service(1, {CODES[0]}, Point(3_500, 500), Point(3_500, -400_000))]
    found = nearest(points, supply_places(services, ONE), {"G4.6": np.array([0])})["G4.6"]
    far_km = math.hypot(3, 27)
    assert found.mean_km[0] == pytest.approx(0.75 * 3 + 0.25 * far_km)
    assert {miles: shares[0] for miles, shares in found.within.items()} == {5: 0.75, 10: 0.75, 20: 1.0}


def test_a_mile_is_1609_metres_and_the_limit_is_within() -> None:
    points = spread(CODES[:1], np.array([0]), np.array([0]), np.array([0]), np.array([1]))
    services = [a_service(1, {CODES[0]}, Point(8_046, 0)), a_service(2, {CODES[0]}, Point(8_047, 0))]
    found = nearest(points, supply_places(services, ONE), {"near": np.array([0]), "far": np.array([1])})
    assert found["near"].within[5][0] == 1.0
    assert found["far"].within[5][0] == 0.0


def test_a_service_next_door_that_does_not_accept_ones_residents_is_no_nearest() -> None:
    points = spread(CODES[:2], np.array([0, 1]), np.array([0, 5_000]), np.array([0, 0]), np.array([1, 1]))
    services = [a_service(1, {CODES[1]}, Point(0, 0)), a_service(2, {CODES[0]}, Point(90_000, 0))]
    found = nearest(points, supply_places(services, TWO), {"G4.6": np.array([0, 1])})["G4.6"]
    assert found.mean_km.tolist() == [90.0, 5.0]


def test_no_service_is_not_a_number_and_never_infinite() -> None:
    points = spread(CODES[:2], np.array([0, 1]), np.array([0, 5_000]), np.array([0, 0]), np.array([1, 1]))
    services = [a_service(1, {CODES[0]}, Point(0, 0)), a_service(2, set(CODES[:2]))]
    found = nearest(
        points,
        supply_places(services, TWO),
        {"some": np.array([0, 1]), "none": np.array([], dtype=int)},
    )
    assert math.isnan(found["some"].mean_km[1]) and math.isnan(found["some"].within[20][1])
    assert np.isnan(found["none"].mean_km).all()


@pytest.mark.parametrize("seed", range(12))
def test_leaving_out_places_that_cannot_be_the_nearest_changes_nothing(seed: int) -> None:
    country = make_country(seed, services=25)
    places = supply_places(country.services, NATION_OF)
    found = nearest(country.points, places, {"all": np.arange(25)})["all"]
    distances = country.distances()
    for number in range(len(CODES)):
        own = country.points.of(number)
        closest = [
            min(
                (
                    km
                    for (here, there), km in distances.items()
                    if here == str(place) and country.accepts(here, there)
                ),
                default=math.nan,
            )
            for place in range(own.start, own.stop)
        ]
        expected = sum(km * share for km, share in zip(closest, country.points.share[own], strict=True))
        assert found.mean_km[number] == pytest.approx(expected, nan_ok=True)
