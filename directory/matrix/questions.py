"""Whom to ask: the questions of a register put together by who can answer them, the most useful first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.matrix.findings import Finding, GapRule

ASKED_OF_COMMISSIONERS = frozenset({GapRule.NOT_KNOWN, GapRule.THEY_DIFFER, GapRule.NOT_LISTED})
"""What no listed service can answer."""
VAGUE = frozenset({"voluntary", "all-agencies", "partner-agencies", "commissioners"})
"""Usual commissioners whom one cannot ring, being many; somebody else is asked where there is one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask: a listed service, by id, or a usual commissioner, by code. One of the two is empty."""

    service: int | None = None
    commissioner: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that one of those who know can be asked at once. worth: the points of what it could settle."""

    asked: Asked
    findings: tuple[Finding, ...]
    worth: int


def whom_to_ask(finding: Finding, commissioners: Sequence[str]) -> tuple[Asked, ...]:
    """All who could answer it. commissioners: the usual ones of its support type, the first named first."""
    if finding.rule not in ASKED_OF_COMMISSIONERS and finding.services:
        return tuple(Asked(service=number) for number in finding.services)
    named = [code for code in commissioners if code not in VAGUE]
    return tuple(Asked(commissioner=code) for code in (named or commissioners)[:1])


def most_useful(
    questions: Iterable[Finding],
    commissioners: Mapping[str, Sequence[str]],
    worth: Callable[[Finding], int],
    most: int,
) -> tuple[Question, ...]:
    """At most so many, each chosen for what those before it would leave open.

    commissioners: support type → usual commissioners. worth: what answering one finding is worth, above nought.
    """
    open_of: dict[Asked, list[Finding]] = {}
    for one in questions:
        for asked in whom_to_ask(one, commissioners[one.support_type]):
            open_of.setdefault(asked, []).append(one)
    chosen: list[Question] = []
    while open_of and len(chosen) < most:
        asked, best = max(
            open_of.items(),
            key=lambda entry: (sum(worth(one) for one in entry[1]), -(entry[0].service or 0)),
        )
        chosen.append(Question(asked, tuple(best), sum(worth(one) for one in best)))
        settled = set(map(id, best))
        open_of = {
            other: left
            for other, findings in open_of.items()
            if (left := [one for one in findings if id(one) not in settled])
        }
    return tuple(chosen)
