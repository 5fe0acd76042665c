"""The plain catchment: worked examples, published figures, and what must hold whatever the numbers."""

from __future__ import annotations

import math
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from directory.matrix.access import catchment_scores

ROOT = Path(__file__).resolve().parents[3]
EVERYWHERE = [(100.0, 1.0)]

# PySAL access (BSD-3), its hospital example: minutes between three towns, weights 1/minutes, at most 61.
PEOPLE = {"1": 100, "2": 50, "3": 10}
PLACES = {"1": 15, "2": 20, "3": 100}
HOSPITALS = [
    # in (1 or 2 to 3), out (3 to 1 or 2), cross (1 to 2 and back), scores of 1, 2, 3
    ((40, 40), (40, 40), 80, (0.331444, 0.579828, 7.286418)),
    ((20, 20), (40, 40), 80, (0.435340, 0.683724, 5.727977)),
    ((40, 40), (20, 20), 80, (0.331072, 0.577858, 7.299992)),
    ((20, 20), (20, 20), 40, (0.442568, 0.666758, 5.740525)),
]


def hospital_distances(
    inward: tuple[int, int], outward: tuple[int, int], cross: int
) -> dict[tuple[str, str], float]:
    same = {(town, town): 1.0 for town in PEOPLE}
    return same | {
        ("1", "3"): inward[0],
        ("2", "3"): inward[1],
        ("3", "1"): outward[0],
        ("3", "2"): outward[1],
        ("1", "2"): cross,
        ("2", "1"): cross,
    }


@pytest.mark.parametrize(("inward", "outward", "cross", "scores"), HOSPITALS)
def test_the_hospital_example_comes_out_as_published(
    inward: tuple[int, int], outward: tuple[int, int], cross: int, scores: tuple[float, ...]
) -> None:
    distances = hospital_distances(inward, outward, cross)
    bands = [(cost, 1 / cost) for cost in sorted(set(distances.values())) if cost <= 61]
    found = catchment_scores(PEOPLE, PLACES, distances, bands)
    assert [found[town] for town in "123"] == pytest.approx(scores, abs=5e-7)
    assert math.fsum(found[town] * PEOPLE[town] for town in PEOPLE) == pytest.approx(135, rel=1e-12)


def test_three_towns_in_a_row_with_a_bell_shaped_weight() -> None:
    """The quick start of sdc-catchment 0.1.1 (MIT)."""
    distances = {(f"c{x}", f"p{y}"): abs(x - y) for x in (0, 1, 2) for y in (0, 2)}
    found = catchment_scores(
        {"c0": 100, "c1": 100, "c2": 100},
        {"p0": 10, "p2": 10},
        distances,
        [(distance, math.exp(-(distance**2) / 2)) for distance in (0, 1, 2)],
    )
    assert list(found.values()) == pytest.approx([0.065179, 0.069641, 0.065179], abs=5e-7)


def test_residents_come_first() -> None:
    demand, supply = {"A": 1000, "B": 500}, {"s": 30}
    near = {("A", "s"): 5.0, ("B", "s"): 5.0}
    assert catchment_scores(demand, supply, near, EVERYWHERE) == pytest.approx({"A": 0.02, "B": 0.02})
    only_a = catchment_scores(demand, supply, near, EVERYWHERE, lambda here, _there: here == "A")
    assert only_a == {"A": 0.03, "B": 0.0}


def test_who_is_accepted_is_asked_once_of_each_pair_in_reach_and_of_no_other() -> None:
    asked: list[tuple[str, str]] = []

    def eligible(here: str, there: str) -> bool:
        asked.append((here, there))
        return True

    catchment_scores(
        {"A": 1, "B": 1, "C": 1}, {"s": 1}, {("A", "s"): 1, ("B", "s"): 101}, EVERYWHERE, eligible
    )
    assert asked == [("A", "s")]


@pytest.mark.parametrize(
    ("distance", "weight"), [(0, 1), (20, 1), (20.000001, 0.68), (40, 0.68), (60, 0.22), (60.1, 0)]
)
def test_a_distance_takes_the_smallest_limit_not_below_it(distance: float, weight: float) -> None:
    """Two points, so that the weight shows: alone, a point gets the whole supply at any weight."""
    bands = [(60, 0.22), (20, 1), (40, 0.68)]
    found = catchment_scores({"A": 10, "B": 10}, {"s": 1}, {("A", "s"): distance, ("B", "s"): 0}, bands)
    assert found["A"] == pytest.approx(weight / (10 + 10 * weight))


def test_nothing_in_reach_is_nought_and_never_missing() -> None:
    demand, supply = {"A": 10, "B": 0}, {"s": 5}
    assert catchment_scores(demand, supply, {}, EVERYWHERE) == {"A": 0.0, "B": 0.0}
    assert catchment_scores(demand, {}, {}, EVERYWHERE) == {"A": 0.0, "B": 0.0}
    assert catchment_scores(demand, supply, {("A", "s"): 1}, []) == {"A": 0.0, "B": 0.0}
    assert catchment_scores({}, supply, {}, EVERYWHERE) == {}
    assert catchment_scores(demand, supply, {("A", "s"): 1}, [(100, 0)]) == {"A": 0.0, "B": 0.0}


def test_a_supply_that_reaches_only_a_place_without_people_is_given_to_nobody() -> None:
    demand = {"A": 10, "B": 0}
    found = catchment_scores(demand, {"s": 5, "t": 7}, {("B", "s"): 1, ("A", "t"): 1}, EVERYWHERE)
    assert found == {"A": 0.7, "B": 0.0}


def test_what_was_handed_over_is_unchanged() -> None:
    demand, supply, distances, bands = {"A": 10}, {"s": 5}, {("A", "s"): 30.0}, [(60, 0.22), (20, 1)]
    catchment_scores(demand, supply, distances, bands, lambda _here, _there: True)
    assert (demand, supply) == ({"A": 10}, {"s": 5})
    assert (distances, bands) == ({("A", "s"): 30.0}, [(60, 0.22), (20, 1)])


HOSTILE = [math.nan, math.inf, -math.inf, -1, -1e-300, 10**400, None, "7", "", Decimal(7)]


@pytest.mark.parametrize("bad", HOSTILE, ids=repr)
@pytest.mark.parametrize("where", ["demand", "supply", "distance", "limit", "weight"])
def test_a_number_that_cannot_be_is_refused_with_its_key(where: str, bad: Any) -> None:
    demand: dict[str, float] = {"Alston": bad if where == "demand" else 1}
    supply: dict[str, float] = {"Sedbergh": bad if where == "supply" else 1}
    distances: dict[tuple[str, str], float] = {("Alston", "Sedbergh"): bad if where == "distance" else 1}
    bands: list[tuple[float, float]] = [
        (10, 1),
        (bad if where == "limit" else 20, bad if where == "weight" else 1),
    ]
    key = {"demand": "Alston", "supply": "Sedbergh", "distance": "'Alston', 'Sedbergh'"}.get(where, where)
    with pytest.raises(ValueError, match=key):
        catchment_scores(demand, supply, distances, bands)


@pytest.mark.parametrize(
    ("pair", "named"), [(("Nowhere", "s"), "Nowhere"), (("A", "nothing"), "nothing"), (("s", "A"), "'s'")]
)
def test_a_distance_to_an_unknown_id_is_refused_by_name(pair: tuple[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        catchment_scores({"A": 1}, {"s": 1}, {pair: 500.0}, EVERYWHERE)


def test_a_limit_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="20"):
        catchment_scores({"A": 1}, {"s": 1}, {}, [(20, 1), (20.0, 0.5)])


@pytest.mark.parametrize(
    ("people", "places"), [({"A": 1.7e308, "B": 1.7e308}, 1.0), ({"A": 5e-324, "B": 0.0}, 1e300)]
)
def test_numbers_that_cannot_be_added_up_are_refused_and_never_infinite(
    people: dict[str, float], places: float
) -> None:
    with pytest.raises(ValueError, match="add up"):
        catchment_scores(people, {"s": places}, {("A", "s"): 1, ("B", "s"): 1}, EVERYWHERE)


def test_it_can_be_loaded_without_a_web_framework_a_database_or_a_map() -> None:
    loads = (
        "import sys, directory.matrix.access\n"
        "print(sorted({'flask', 'werkzeug', 'sqlalchemy', 'folium', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
