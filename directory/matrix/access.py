"""How much of a service is within reach of each person: the enhanced two-step floating catchment.

The plain form, to be read beside the paper and followed with a pencil. The whole
country is worked out in arrays by `catchment.py`, which is held to this one by a test.

Method: Luo and Qi (2009), 'An enhanced two-step floating catchment area (E2SFCA) method',
Health & Place 15(4), 1100-1107; the order 'who is accepted, then how far' is ours.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Real

Reached = dict[str, list[tuple[str, float]]]


def catchment_scores(
    demand: Mapping[str, float],
    supply: Mapping[str, float],
    distance_km: Mapping[tuple[str, str], float],
    bands: Sequence[tuple[float, float]],
    eligible: Callable[[str, str], bool] | None = None,
) -> dict[str, float]:
    """Demand id → supply for each unit of demand there; 0.0 where nothing is in reach.

    First each supply is divided by all the demand it may have to serve, nearer demand
    weighing more; then each demand point adds up, weighted alike, what it can reach.

    demand: people (or expected need) by demand id. supply: places a year, or 1 for each
      service, by supply id; the scores have its unit, for each person.
    distance_km: (demand id, supply id) → kilometres; a pair that is missing is out of reach.
    bands: (upper limit in km, inclusive; weight), in any order. A distance takes the smallest
      limit that is not below it; beyond the largest it is out of reach.
    eligible: whether the demand id's people are accepted by the supply id; asked only of pairs
      in reach, each once. A pair that is not counts in neither step. None accepts everybody.
    The order of the entries changes nothing, not even a last digit. Where a supply reaches any
    demand, the sum of score times demand over all points is the sum of those supplies.
    Raises ValueError, naming the key, for a number that is negative, infinite or not a number,
    for a limit given twice, for an id that is not in `demand` or `supply`, and for numbers so
    large that they cannot be added up.
    """
    people = {key: _amount(value, f"demand of {key!r}") for key, value in demand.items()}
    places = {key: _amount(value, f"supply of {key!r}") for key, value in supply.items()}
    limits_km, weights = _sorted_bands(bands)
    reached: Reached = {key: [] for key in people}
    wanted: dict[str, list[float]] = {key: [] for key in places}
    for (here, there), distance in distance_km.items():
        pair = f"distance_km of ({here!r}, {there!r})"
        if here not in people:
            raise ValueError(f"{pair}: {here!r} is not among the demand.")
        if there not in places:
            raise ValueError(f"{pair}: {there!r} is not among the supply.")
        band = bisect_left(limits_km, _amount(distance, pair))
        if band == len(limits_km) or (eligible is not None and not eligible(here, there)):
            continue
        reached[here].append((there, weights[band]))
        wanted[there].append(people[here] * weights[band])
    ratios = {key: _ratio(places[key], _total(parts, key), key) for key, parts in wanted.items()}
    return {
        key: _total((ratios[there] * weight for there, weight in parts), key)
        for key, parts in reached.items()
    }


def _sorted_bands(bands: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """The limits, smallest first, and their weights beside them."""
    found: dict[float, float] = {}
    for limit, weight in bands:
        limit_km = _amount(limit, f"limit of the band {(limit, weight)!r}")
        if limit_km in found:
            raise ValueError(f"bands: the limit {limit!r} is given twice.")
        found[limit_km] = _amount(weight, f"weight of the band {(limit, weight)!r}")
    limits_km = sorted(found)
    return limits_km, [found[limit_km] for limit_km in limits_km]


def _amount(value: object, what: str) -> float:
    """The number, which may be nought. Raises ValueError when it is no amount of anything."""
    if not isinstance(value, Real):
        raise ValueError(f"{what} is {value!r}. It must be a number.")
    try:
        number = float(value)
    except OverflowError as cause:
        raise ValueError(f"{what} is too large.") from cause
    if not math.isfinite(number) or number < 0:
        raise ValueError(f"{what} is {value!r}. It must be a number from 0 up.")
    return number


def _total(parts: Iterable[float], key: str) -> float:
    """The sum to the last digit, whatever the order. Raises ValueError when it is beyond any float."""
    try:
        total = math.fsum(parts)
    except OverflowError:
        total = math.inf
    return _finite(total, key)


def _ratio(amount: float, wanted: float, key: str) -> float:
    """Supply for each unit of demand; 0.0 where nobody can reach it, so that nobody is given it."""
    return _finite(amount / wanted, key) if wanted else 0.0


def _finite(number: float, key: str) -> float:
    if not math.isfinite(number):
        raise ValueError(f"The numbers around {key!r} are too large, or too unlike in size, to add up.")
    return number
