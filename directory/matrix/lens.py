"""The guide's questions, asked of the services that count: how many say yes, how many no, how many nothing.

Missing is not nought: who has told us nothing is always counted, and never among the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from directory.matrix.types import MatrixService


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people wait for one type of support, as far as anybody has told us.

    services: that count. none: say that there is no waiting list. closed: whose list is closed.
    told_weeks: that say how long; median_weeks and longest_weeks are over these alone (None: nobody).
    oldest, newest: the days of these figures, as exact as their sources; '' where none has a date.
    not_told: say nothing of a list, nor how long it is.
    """

    services: int
    none: int
    closed: int
    told_weeks: int
    median_weeks: Fraction | None
    longest_weeks: int | None
    oldest: str
    newest: str
    not_told: int


@dataclass(frozen=True, slots=True)
class YesNo:
    """Services that say yes, that say no, and that have not told us."""

    yes: int
    no: int
    not_told: int

    @property
    def services(self) -> int:
        """All of them."""
        return self.yes + self.no + self.not_told


@dataclass(frozen=True, slots=True)
class Referral:
    """Who can begin: the person, a parent for a child, or only a professional or the police."""

    self_referral: int
    parent: int
    only_professional: int
    not_told: int

    @property
    def services(self) -> int:
        """All of them."""
        return self.self_referral + self.parent + self.only_professional + self.not_told


@dataclass(frozen=True, slots=True)
class Adapted:
    """Services for one kind of people: only for them, or open to all and adapted for them.

    types: support types with at least one of these services. not_told: say nothing of these people.
    """

    term: str
    only_for: int
    adapted_for: int
    not_told: int
    types: int


@dataclass(frozen=True, slots=True)
class Named:
    """Services that name something, such as a language or step-free entrance.

    unnamed: name others of the kind, not this. not_told: name none of the kind at all.
    """

    term: str
    named: int
    unnamed: int
    not_told: int


def waiting(services: Sequence[MatrixService]) -> Waiting:
    """What some services say of waiting."""
    timed = [one for one in services if one.waiting_weeks is not None]
    weeks = [one.waiting_weeks for one in timed if one.waiting_weeks is not None]
    dates = sorted(one.waiting_as_at for one in timed if one.waiting_as_at)
    return Waiting(
        services=len(services),
        none=sum(one.waiting_list == "none" for one in services),
        closed=sum(one.waiting_list == "closed" for one in services),
        told_weeks=len(weeks),
        median_weeks=Fraction(median(weeks)) if weeks else None,
        longest_weeks=max(weeks, default=None),
        oldest=dates[0] if dates else "",
        newest=dates[-1] if dates else "",
        not_told=sum(not one.waiting_list and one.waiting_weeks is None for one in services),
    )


def out_of_hours(services: Iterable[MatrixService]) -> YesNo:
    """Whether they are open on an evening or at a weekend."""
    return _yes_no(one.is_out_of_hours for one in services)


def interpreters(services: Iterable[MatrixService]) -> YesNo:
    """Whether they have interpreters."""
    return _yes_no(one.interpreters for one in services)


def _yes_no(answers: Iterable[bool | None]) -> YesNo:
    told = list(answers)
    return YesNo(told.count(True), told.count(False), told.count(None))


def referral(services: Iterable[MatrixService]) -> Referral:
    """Each service once, under the easiest way in."""
    ways = [one.referral for one in services]
    alone = sum("self" in way for way in ways)
    parent = sum("parent" in way and "self" not in way for way in ways)
    silent = sum(not way for way in ways)
    return Referral(alone, parent, len(ways) - alone - parent - silent, silent)


def sectors(services: Iterable[MatrixService], codes: Sequence[str]) -> Mapping[str, int]:
    """Sector → services of it; '' are those whose sector is not known."""
    run_by = [one.sector if one.sector in codes else "" for one in services]
    return {code: run_by.count(code) for code in (*codes, "")}


def forms(services: Sequence[MatrixService], codes: Sequence[str]) -> Mapping[str, int]:
    """Form of abuse → services that name it; '' are those that name none: for any form, or not told us."""
    named = {code: sum(code in one.forms for one in services) for code in codes}
    return named | {"": sum(not one.forms for one in services)}


def adapted(by_type: Mapping[str, Sequence[MatrixService]], codes: Sequence[str]) -> tuple[Adapted, ...]:
    """For each kind of people, over all services that count, each once; for how many types there is one."""
    services = {one.id: one for those in by_type.values() for one in those}.values()
    found = []
    for code in codes:
        only = sum(code in one.only_for for one in services)
        also = sum(code in one.adapted_for and code not in one.only_for for one in services)
        types = sum(
            any(code in one.only_for | one.adapted_for for one in those) for those in by_type.values()
        )
        found.append(Adapted(code, only, also, len(services) - only - also, types))
    return tuple(found)


def languages(services: Sequence[MatrixService], codes: Sequence[str]) -> tuple[Named, ...]:
    """For each language that any of them names."""
    return _named([one.languages for one in services], codes)


def access(services: Sequence[MatrixService], codes: Sequence[str]) -> tuple[Named, ...]:
    """For each thing that makes a place easier to get to or into, whether any names it or not."""
    return _named([one.access for one in services], codes, with_unnamed=True)


def _named(
    said: Sequence[frozenset[str]], codes: Sequence[str], *, with_unnamed: bool = False
) -> tuple[Named, ...]:
    silent = sum(not one for one in said)
    found = []
    for code in codes:
        named = sum(code in one for one in said)
        if named or with_unnamed:
            found.append(Named(code, named, len(said) - silent - named, silent))
    return tuple(found)
