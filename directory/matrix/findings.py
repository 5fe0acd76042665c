"""What a gap register is made of: findings, the rules they come from, and how firm each is.

A finding is a *gap* where what is known shows that something is missing, and stands in the
other list, *to find out*, where it is not known, or read and never confirmed. Missing
knowledge is never a gap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from directory.matrix.types import Mode, Test


class GapRule(StrEnum):
    """Codes of the taxonomy `gap_rule` in data/terms.csv, in the order in which a page names them."""

    NONE = "none"
    NOT_FOR_RESIDENTS = "not-for-residents"
    WAITING = "waiting"
    CHARGES = "charges"
    ONLY_PART = "only-part"
    NOT_ADAPTED = "not-adapted"
    PROFESSIONAL_ONLY = "professional-only"
    NO_EVENING_WEEKEND = "no-evening-weekend"
    FUNDING_ENDS = "funding-ends"
    NOT_KNOWN = "not-known"
    THEY_DIFFER = "they-differ"
    NOT_LISTED = "not-listed"
    NOT_CONFIRMED = "not-confirmed"
    NOT_TOLD = "not-told"


IN_BOTH_LISTS = frozenset(
    {
        GapRule.NOT_FOR_RESIDENTS,
        GapRule.WAITING,
        GapRule.CHARGES,
        GapRule.NOT_ADAPTED,
        GapRule.PROFESSIONAL_ONLY,
        GapRule.NO_EVENING_WEEKEND,
        GapRule.FUNDING_ENDS,
    }
)
"""Rules that give a gap or a question, by how sure the evidence is; all others give one of them only."""

PARTS_OF_ID = re.compile(r"(?P<area>.+?)-(?P<type>G[1-9]\.\d{1,2})-(?P<rest>[a-z0-9-]+)")
"""The id of a finding in the register of an area: see Finding.id_in."""


class Firmness(StrEnum):
    """What a finding rests on, the firmest first; codes of the taxonomy `gap_firmness`."""

    SAID = "said"
    CONFIRMED = "confirmed"
    SAID_LONG_AGO = "said-long-ago"
    READ = "read"
    OPEN = "open"
    """A question: nobody has answered it."""


FIRMNESSES = tuple(Firmness)


class Told(StrEnum):
    """What decides whether people can use a service, and is asked of it; codes of the taxonomy `told_fact`."""

    WAITING = "waiting"
    HOURS = "hours"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers that rules turn on, and the support types of which a rule says nothing.

    wait_weeks: a longer known wait is a gap. funding_months: money that ends within them ends soon.
    near_miles: from the middle of an authority. figure_months: an older figure of a wait is not known.
    """

    wait_weeks: int = 18
    funding_months: int = 6
    near_miles: int = 20
    figure_months: int = 12
    not_for: Mapping[GapRule, frozenset[str]] = field(default_factory=dict, hash=False, compare=False)

    def is_for(self, rule: GapRule, support_type: str) -> bool:
        """Whether a rule says anything of a support type."""
        return support_type not in self.not_for.get(rule, frozenset())


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the register.

    mode: None where it holds for every half of the cell that applies.
    detail: what tells it from others of its rule and cell, such as who is left out; '' for most.
    authorities: those where it holds, each once.
    services, statements: the ids it rests on. tests: those that fail. not_told: what has to be asked.
    dates: of the facts it rests on, as exact as they are (YYYY, YYYY-MM, YYYY-MM-DD), the oldest first.
    wait_weeks: the longest known wait; is_shut: nobody new is taken. ends_on: the first day money ends.
    """

    rule: GapRule
    support_type: str
    mode: Mode | None
    is_gap: bool
    authorities: tuple[str, ...]
    detail: str = ""
    services: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()
    tests: tuple[Test, ...] = ()
    not_told: tuple[Told, ...] = ()
    firmness: Firmness = Firmness.OPEN
    dates: tuple[str, ...] = ()
    wait_weeks: int | None = None
    is_shut: bool = False
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """'G2.4-none-in-person': what stays the same while evidence, dates and areas change."""
        to_ask = "to-ask" if self.rule in IN_BOTH_LISTS and not self.is_gap else ""
        mode = self.mode.value if self.mode else ""
        parts = (self.support_type, self.rule.value, self.detail, to_ask, mode)
        return "-".join(part for part in parts if part)

    def id_in(self, area_code: str) -> str:
        """'E06000031-G2.4-none-in-person': its id in the register of an area."""
        return f"{area_code}-{self.name}"

    def other_ids_in(self, area_code: str) -> tuple[str, ...]:
        """The ids it would have were it about other halves of the cell, or in the other list."""
        names = {
            replace(self, mode=mode, is_gap=is_gap).name for mode in (None, *Mode) for is_gap in (True, False)
        }
        return tuple(f"{area_code}-{name}" for name in sorted(names - {self.name}))


def rule_in(gap_id: str) -> GapRule | None:
    """The rule that an id names; None for one that names none of today's."""
    parts = PARTS_OF_ID.fullmatch(gap_id)
    rest = parts["rest"] if parts else ""
    return next((one for one in GapRule if rest == one.value or rest.startswith(f"{one.value}-")), None)
