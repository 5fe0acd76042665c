"""What is known of how people can use a service: whom it takes now, how long they wait, when, and by which way.

Each answer is 'good', 'bad' or not known; *not known* is never *bad*.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from directory.matrix.findings import Limits
from directory.matrix.types import MatrixService, Rules

THEMSELVES = frozenset({"self", "parent"})
"""Ways in that need no professional: codes of the taxonomy `referral`."""
AGE_BANDS = {"age-5-10": (5, 10), "age-11-15": (11, 15), "age-16-17": (16, 17)}
ADULT_BANDS = {"age-18-25": (18, 25), "age-26-plus": (26, 200)}
"""Bands of the taxonomy `age`. Babies and toddlers are left out: help for them is help for those who care for them."""
CHILD_GROUPS = frozenset({"G1", "G2", "G5"})
ADULT_GROUPS = frozenset({"G4", "G7", "G8"})
"""Groups whose members are those who get the help, so that its ages are theirs."""
_BOYS_MEN, _GIRLS_WOMEN = "boys-men", "girls-women"


class Answer(Enum):
    """How a service stands by one fact."""

    GOOD = "good"
    BAD = "bad"
    NOT_KNOWN = "not known"


def is_shut(service: MatrixService) -> bool:
    """Whether its listing says that it takes nobody new."""
    return not service.is_active or service.waiting_list == "closed" or service.accepting is False


def is_lately_confirmed(service: MatrixService, rules: Rules) -> bool:
    """Whether somebody at the service has said, within the time that counts, that its listing is right."""
    return service.confirmed_on is not None and service.confirmed_on >= rules.oldest_confirmation


def is_lately_told(service: MatrixService, rules: Rules, limits: Limits) -> bool:
    """Whether what is known of its wait is dated, and not too old to count."""
    if is_lately_confirmed(service, rules):
        return True
    newest = newest_day(service.waiting_as_at)
    return newest is not None and newest >= months_away(rules.today, -limits.figure_months)


def waiting(service: MatrixService, rules: Rules, limits: Limits) -> Answer:
    """Too long, or nobody new is taken."""
    if is_shut(service):
        return Answer.BAD
    if not is_lately_told(service, rules, limits):
        return Answer.NOT_KNOWN
    if service.waiting_weeks is not None:
        return Answer.BAD if service.waiting_weeks > limits.wait_weeks else Answer.GOOD
    return Answer.GOOD if service.waiting_list == "none" else Answer.NOT_KNOWN


def hours(service: MatrixService) -> Answer:
    """Open on an evening or at a weekend."""
    if service.is_out_of_hours is None:
        return Answer.NOT_KNOWN
    return Answer.GOOD if service.is_out_of_hours else Answer.BAD


def referral(service: MatrixService) -> Answer:
    """A way in without a professional."""
    if not service.referral:
        return Answer.NOT_KNOWN
    return Answer.GOOD if service.referral & THEMSELVES else Answer.BAD


def all_bad(answers: Iterable[Answer]) -> bool:
    """Whether there are answers, and every one is bad."""
    found = set(answers)
    return found == {Answer.BAD}


def has_to_be_asked(answers: Iterable[Answer]) -> bool:
    """Whether none is good, and some is not known."""
    found = set(answers)
    return Answer.GOOD not in found and Answer.NOT_KNOWN in found


@dataclass(frozen=True, slots=True)
class _Band:
    least: int
    most: int

    def is_outside(self, service: MatrixService) -> bool:
        """Whether the service's own ages leave all of the band out. An end that is not known leaves nobody out."""
        too_old = service.maximum_age is not None and service.maximum_age < self.least
        too_young = service.minimum_age is not None and service.minimum_age > self.most
        return too_old or too_young


def left_out(services: Sequence[MatrixService], group: str) -> tuple[str, ...]:
    """Whom every one of some services leaves out, by its own words; codes of the taxonomy `left_out`."""
    if not services:
        return ()
    found = []
    if all(_GIRLS_WOMEN in one.only_for and _BOYS_MEN not in one.only_for for one in services):
        found.append(_BOYS_MEN)
    if all(_BOYS_MEN in one.only_for and _GIRLS_WOMEN not in one.only_for for one in services):
        found.append(_GIRLS_WOMEN)
    if not found and all(one.only_for for one in services):
        found.append("others")
    bands = AGE_BANDS if group in CHILD_GROUPS else ADULT_BANDS if group in ADULT_GROUPS else {}
    found += [code for code, ends in bands.items() if all(_Band(*ends).is_outside(one) for one in services)]
    return tuple(found)


def newest_day(rough: str) -> date | None:
    """The last day that a date as exact as its source may mean; None where there is none."""
    parts = rough.split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    year, month, day = (int(parts[place]) if place < len(parts) else None for place in range(3))
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 12, 31)
        return date(year, month, monthrange(year, month)[1] if day is None else day)
    except ValueError:
        return None


def months_away(day: date, months: int) -> date:
    """The same day some months later (or earlier, below nought); the month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
