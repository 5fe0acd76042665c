"""Grid references and degrees, against Ordnance Survey's worked example and its published test points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.distance import distance_km, geodesic_km, miles
from directory.geo.grid import (
    from_wgs84,
    irish_to_wgs84,
    project_arrays,
    to_wgs84,
    to_wgs84_arrays,
    unproject_arrays,
)
from directory.geo.types import Point

# Ordnance Survey, test points TP01 to TP40 of OSTN15 (contains OS data © Crown copyright and database
# right): latitude, longitude (ETRS89), easting, northing. Those of England, Wales and their edges, and
# the far north, where one transformation for the whole country fits worst.
OS_TEST_POINTS = [
    ("St Mary's, Scilly", 49.92226394, -6.29977752, 91492.146, 11318.804),
    ("Lizard Point", 49.96006138, -5.20304610, 170370.718, 11572.405),
    ("Plymouth", 50.43885826, -4.10864564, 250359.811, 62016.569),
    ("St Catherine's Point", 50.57563665, -1.29782277, 449816.371, 75335.861),
    ("Southampton", 50.93127938, -1.45051434, 438710.920, 114792.250),
    ("Nash Point", 51.40078220, -3.55128349, 292184.870, 168003.465),
    ("North Foreland", 51.37447026, 1.44454730, 639821.835, 169565.858),
    ("Brislington", 51.42754743, -2.54407618, 362269.991, 169978.690),
    ("Lambeth", 51.48936565, -0.11992557, 530624.974, 178388.464),
    ("Carmarthen", 51.85890896, -4.30852477, 241124.584, 220332.641),
    ("Colchester", 51.89436637, 0.89724327, 599445.590, 225722.826),
    ("Droitwich", 52.25529382, -2.15458614, 389544.190, 261912.153),
    ("Northampton", 52.25160951, -0.91248957, 474335.969, 262047.755),
    ("King's Lynn", 52.75136687, 0.40153547, 562180.547, 319784.995),
    ("Nottingham", 52.96219109, -1.19747656, 454002.834, 340834.943),
    ("Daresbury", 53.34480280, -2.64049321, 357455.843, 383290.436),
    ("TP17", 53.41628516, -4.28918070, 247958.971, 393492.909),
    ("TP19", 53.77911026, -3.04045491, 331534.564, 431920.794),
    ("TP20", 53.80021520, -1.66379168, 422242.186, 433818.701),
    ("TP22", 54.11685144, -0.07773133, 525745.670, 470703.214),
    ("TP24", 54.89542340, -2.93827741, 339921.145, 556034.761),
    ("TP25", 54.97912274, -1.61657685, 424639.355, 565012.703),
    ("TP28", 57.00606696, -5.82836692, 167634.202, 797067.144),
    ("TP31", 57.81351838, -8.57854456, 9587.909, 899448.996),
    ("TP40", 60.13308092, -2.07382823, 395999.668, 1138728.951),
]


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_guide_projects_to_its_easting_and_northing() -> None:
    # Annex C of the guide: Caister Water Tower, on the OSGB36 datum.
    latitude, longitude = degrees(52, 39, 27.2531), degrees(1, 43, 4.5177)
    eastings, northings = project_arrays(np.array([latitude]), np.array([longitude]))
    assert eastings[0] == pytest.approx(651_409.903, abs=0.001)
    assert northings[0] == pytest.approx(313_177.270, abs=0.001)


def test_the_worked_example_of_the_guide_comes_back_from_its_easting_and_northing() -> None:
    latitudes, longitudes = unproject_arrays(np.array([651_409.903]), np.array([313_177.270]))
    assert latitudes[0] == pytest.approx(degrees(52, 39, 27.2531), abs=1e-8)
    assert longitudes[0] == pytest.approx(degrees(1, 43, 4.5177), abs=1e-8)


@pytest.mark.parametrize(("name", "latitude", "longitude", "easting_m", "northing_m"), OS_TEST_POINTS)
def test_ordnance_surveys_test_points_are_met_within_ten_metres_both_ways(
    name: str, latitude: float, longitude: float, easting_m: float, northing_m: float
) -> None:
    point = from_wgs84(latitude, longitude)
    assert math.hypot(point.easting_m - easting_m, point.northing_m - northing_m) < 10, name
    back = to_wgs84(Point(round(easting_m), round(northing_m)))
    assert geodesic_km(back, (latitude, longitude)) < 0.010, name


def test_belfast_city_hall_lies_in_belfast_and_not_in_the_national_grid_of_the_same_numbers() -> None:
    # The ONS Postcode Directory's reference of BT1 5GS, which is the city hall, in the Irish Grid.
    belfast = irish_to_wgs84(333_832, 374_014)
    assert geodesic_km(belfast, (54.5965, -5.9300)) < 0.2
    assert geodesic_km(to_wgs84(Point(333_832, 374_014)), belfast) > 200


def test_the_true_origin_of_the_irish_grid_lies_where_it_is_defined_give_or_take_the_datum() -> None:
    assert geodesic_km(irish_to_wgs84(200_000, 250_000), (53.5, -8.0)) < 0.1


@given(st.integers(80_000, 656_000), st.integers(5_000, 660_000))
def test_a_point_turned_to_degrees_and_back_is_the_same_point(easting_m: int, northing_m: int) -> None:
    point = Point(easting_m, northing_m)
    assert distance_km(from_wgs84(*to_wgs84(point)), point) <= 0.0015


@given(
    st.lists(st.tuples(st.integers(80_000, 656_000), st.integers(5_000, 660_000)), min_size=1, max_size=20)
)
def test_many_points_at_once_give_what_each_gives_alone(pairs: list[tuple[int, int]]) -> None:
    latitudes, longitudes = to_wgs84_arrays(
        np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    )
    alone = [to_wgs84(Point(*pair)) for pair in pairs]
    assert list(zip(latitudes.tolist(), longitudes.tolist(), strict=True)) == alone


@given(
    st.integers(80_000, 640_000), st.integers(5_000, 640_000), st.integers(0, 40_000), st.integers(0, 40_000)
)
def test_distance_on_the_grid_is_the_true_distance_to_one_part_in_five_hundred(
    easting_m: int, northing_m: int, east_m: int, north_m: int
) -> None:
    a, b = Point(easting_m, northing_m), Point(easting_m + east_m, northing_m + north_m)
    true_km = geodesic_km(to_wgs84(a), to_wgs84(b))
    assert distance_km(a, b) == pytest.approx(true_km, rel=0.002, abs=0.002)


def test_a_three_four_five_triangle_is_five_kilometres_or_about_three_miles() -> None:
    km = distance_km(Point(0, 0), Point(3000, 4000))
    assert km == 5
    assert miles(km) == pytest.approx(3.107, abs=0.001)
