"""How many people of each group an area may hold: a national rate applied locally.

People are counted once: the populations of an area's authorities are added, then
multiplied, and rounded only when shown. Nothing here is a count of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from directory.geo.areas import Area
from directory.matrix.small_numbers import FEWEST, Hidden
from directory.reference.need_rates import NeedRate, shown_measures

FIGURES = 2
"""How many figures of an estimate are shown; no rate here is surer than that."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """People (or families) of one group in an area, not rounded.

    low, central: None where only an upper bound is published. rates: the lines it was worked out from.
    """

    group: str
    low: Fraction | None
    central: Fraction | None
    high: Fraction
    rates: tuple[NeedRate, ...]

    @property
    def rate(self) -> NeedRate:
        """The line that holds its words; all lines of a measure share them."""
        return self.rates[0]

    @property
    def is_upper_bound(self) -> bool:
        """Whether it says no more than 'at most'."""
        return self.central is None


def populations(members: Iterable[Area]) -> Mapping[str, int]:
    """Column of data/areas.csv → people in all the authorities together, each authority once."""
    once = {area.code: area for area in members}.values()
    return {
        "pop_total": sum(area.population for area in once),
        "pop_under16": sum(area.population_under_16 for area in once),
        "pop_under18": sum(area.population_under_18 for area in once),
        "pop_18plus": sum(area.population_18_and_over for area in once),
        "pop_18_74": sum(area.population_18_to_74 for area in once),
        "pop_female_under16_est": sum(area.girls_under_16_estimated for area in once),
        "pop_male_under16_est": sum(area.boys_under_16_estimated for area in once),
    }


def estimate_need(members: Iterable[Area], rates: Iterable[NeedRate]) -> Mapping[str, Estimate]:
    """Group → its estimate for an area, from the one measure of each group that is shown.

    members: the area's authorities; one named twice counts once, none gives nought.
    A national rate applied locally assumes that people are affected everywhere alike, so it hides
    what makes one place differ from another.
    """
    people = populations(members)
    return {group: _estimate(group, lines, people) for group, lines in shown_measures(rates).items()}


def _estimate(group: str, lines: tuple[NeedRate, ...], people: Mapping[str, int]) -> Estimate:
    return Estimate(
        group,
        _sum(people[line.population] * line.low for line in lines if line.low is not None),
        _sum(people[line.population] * line.central for line in lines if line.central is not None),
        sum((people[line.population] * line.high for line in lines), Fraction(0)),
        lines,
    )


def _sum(terms: Iterable[Fraction]) -> Fraction | None:
    """The sum; None of nothing at all."""
    found = list(terms)
    return sum(found, Fraction(0)) if found else None


def rounded(people: Fraction | int) -> int | Hidden:
    """An estimate as it is shown: two figures, a half rounded up; 'fewer than 10' below ten; none stays none.

    Raises ValueError below nought.
    """
    if people < 0:
        raise ValueError(f"{people} is no number of people")
    if people == 0:
        return 0
    if people < FEWEST:
        return Hidden.FEWER_THAN_TEN
    step: int = 10 ** (len(str(int(people))) - FIGURES)
    return int(people / Fraction(step) + Fraction(1, 2)) * step
