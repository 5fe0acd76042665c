"""How much a finding should come first: points for parts that are added up, each in view with its weight.

After the pattern of the HPSA score of the United States: additive, no part hidden, and every
weight may be changed by whoever reads it. A score orders a list; it measures nobody's need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10

from directory.matrix.findings import Finding, Firmness
from directory.matrix.types import Mode

WHOLE = 100
"""Points in all, whatever the weights."""
ALONE = {Mode.IN_PERSON: 0.8, Mode.REMOTE: 0.5, None: 1.0}
"""Where only one half is missing, the other is still there; help in person is the harder to replace."""
FIRM = {
    Firmness.SAID: 1.0,
    Firmness.CONFIRMED: 1.0,
    Firmness.SAID_LONG_AGO: 0.6,
    Firmness.READ: 0.4,
    Firmness.OPEN: 0.0,
}
LEVELS = {"universal": 0.3, "targeted": 0.6, "specialist": 1.0}
WEEKS_IN_FULL = 52
PEOPLE_LEAST, PEOPLE_TENFOLDS = 10, 4
"""Ten people give nothing, and each tenfold of them a quarter, so that 100,000 give all."""
NOT_KNOWN_SHARE = 0.5


class Component(StrEnum):
    """The parts; codes of the taxonomy `gap_component` in data/terms.csv."""

    SHORTFALL = "shortfall"
    FIRMNESS = "firmness"
    PEOPLE = "people"
    LEVEL = "level"
    DISTANCE = "distance"
    WAITING = "waiting"
    EQUALITY = "equality"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a score needs to know besides the finding.

    severity, equality: 0 to 100, of its rule. level: 'specialist', or two joined by ' or '.
    people: the central estimate for its group where it holds; None where none is published.
    far_share: the share of its authorities near whose middle nobody gives this in person.
    is_duty: whether it is within the duty to work together.
    """

    severity: int
    equality: int
    level: str
    people: float | None
    far_share: float
    is_duty: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score. points of out_of; is_known False: what it measures is not known, and half is given."""

    component: Component
    points: int
    out_of: int
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """Parts, in the order of Component."""

    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        """The sum of the parts, 0 to 100."""
        return sum(part.points for part in self.parts)

    @property
    def explained(self) -> tuple[Part, ...]:
        """What made it: the parts that gave any points, the most first."""
        given = [part for part in self.parts if part.points]
        return tuple(sorted(given, key=lambda part: -part.points))

    @property
    def could_change(self) -> tuple[Part, ...]:
        """The parts that better knowledge alone would change: firmer evidence, and what is not known."""
        return tuple(
            part
            for part in self.parts
            if not part.is_known or (part.component is Component.FIRMNESS and part.points < part.out_of)
        )


def out_of_a_hundred(weights: Mapping[Component, int]) -> Mapping[Component, int]:
    """Weights in the same proportion, as whole points that add up to 100 (by largest remainder).

    Raises ValueError where all are nought, or one is below it.
    """
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("at least one weight must be above nought, and none below")
    exact = {part: WHOLE * weights.get(part, 0) / total for part in Component}
    whole = {part: floor(value) for part, value in exact.items()}
    left = WHOLE - sum(whole.values())
    for part in sorted(Component, key=lambda one: (whole[one] - exact[one], list(Component).index(one)))[
        :left
    ]:
        whole[part] += 1
    return whole


def score(finding: Finding, setting: Setting, weights: Mapping[Component, int]) -> Score:
    """The score of a finding. weights: as `out_of_a_hundred` gives them."""
    shares = {
        Component.SHORTFALL: setting.severity / 100 * ALONE[finding.mode],
        Component.FIRMNESS: FIRM[finding.firmness],
        Component.PEOPLE: _people_share(setting.people),
        Component.LEVEL: max(LEVELS[level] for level in setting.level.split(" or ")),
        Component.DISTANCE: setting.far_share,
        Component.WAITING: _waiting_share(finding),
        Component.EQUALITY: setting.equality / 100,
        Component.DUTY: 1.0 if setting.is_duty else 0.0,
    }
    return Score(
        tuple(
            Part(
                part,
                round(weights[part] * (NOT_KNOWN_SHARE if share is None else share)),
                weights[part],
                share is not None,
            )
            for part, share in shares.items()
        )
    )


def _people_share(people: float | None) -> float | None:
    if people is None:
        return None
    if people <= PEOPLE_LEAST:
        return 0.0
    return min(1.0, log10(people / PEOPLE_LEAST) / PEOPLE_TENFOLDS)


def _waiting_share(finding: Finding) -> float:
    if finding.is_shut:
        return 1.0
    return min(1.0, (finding.wait_weeks or 0) / WEEKS_IN_FULL)
