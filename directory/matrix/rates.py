"""Few services for many people: rates with what chance alone could do to them, and ranks that say how sure they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PER = 10_000
_Z = 1.959964
"""Standard deviations either side that hold 95 % of a normal distribution."""
_TAIL = 0.025
_BYAR_FROM = 10
"""From this count on, Byar's approximation is within 0.2 % of the exact limits; below it they are worked out."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Services per 10,000 people, with a 95 % interval. people: more than none."""

    services: int
    people: int

    @property
    def value(self) -> float:
        """Services per 10,000 people."""
        return self.services * PER / self.people

    @property
    def interval(self) -> tuple[float, float]:
        """(low, high), in the same unit: the count is taken as one that chance could have made higher or lower."""
        low, high = poisson_interval(self.services)
        return low * PER / self.people, high * PER / self.people


@dataclass(frozen=True, slots=True)
class RankRange:
    """The places an area may have, 1 for the highest: no single one of them can be told from the figures."""

    best: int
    worst: int
    of: int


def poisson_interval(count: int) -> tuple[float, float]:
    """The 95 % limits of the mean of a Poisson count: exact (Garwood) below ten, Byar's approximation above.

    Raises ValueError below nought.
    """
    if count < 0:
        raise ValueError(f"{count} is no count")
    if count >= _BYAR_FROM:
        return _byar(count, -_Z), _byar(count + 1, _Z)
    low = 0.0 if count == 0 else _solved(lambda mean: 1 - _at_most(count - 1, mean), _TAIL)
    return low, _solved(lambda mean: -_at_most(count, mean), -_TAIL)


def _byar(count: int, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3


def _at_most(count: int, mean: float) -> float:
    """The chance of `count` or fewer where the mean is `mean`."""
    return math.exp(-mean) * sum(mean**k / math.factorial(k) for k in range(count + 1))


def _solved(rising: Callable[[float], float], target: float) -> float:
    """Where a rising function of a mean between 0 and 30 meets the target: halved until no digit changes."""
    low, high = 0.0, 30.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return (low + high) / 2


def rank_ranges(rates: Mapping[str, Rate]) -> Mapping[str, RankRange]:
    """Area → the places it may have among these, the highest rate first.

    An area is surely below another only where its interval ends before the other's begins.
    """
    intervals = {code: rate.interval for code, rate in rates.items()}
    found = {}
    for code, (low, high) in intervals.items():
        others = [interval for other, interval in intervals.items() if other != code]
        surely_above = sum(other_low > high for other_low, _high in others)
        surely_below = sum(other_high < low for _low, other_high in others)
        found[code] = RankRange(1 + surely_above, len(intervals) - surely_below, len(intervals))
    return found
