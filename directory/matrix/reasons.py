"""Why half a cell reads as it does: which rule gave its state, and every test a service was held against."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from directory.matrix.cells import LISTINGS, CellType, HalfCell
from directory.matrix.statements import Statement
from directory.matrix.types import Judged, Level, Mode, State, Test


class Reason(StrEnum):
    """What gave a half cell its state. `rule` is the number of the rule in directory.matrix.cells."""

    LISTING_PASSES = "listing-passes"
    LISTING_FAILS = "listing-fails"
    NOTHING_KNOWN = "nothing-known"
    LISTINGS_DO_NOT_FILL = "listings-do-not-fill"
    THEY_COULD_NOT_TELL = "they-could-not-tell"
    SAID = "said"
    SAID_BUT_NOT_LISTED = "said-but-not-listed"
    SAID_THERE_IS_NONE = "said-there-is-none"
    LISTING_AGAINST_STATEMENT = "listing-against-statement"
    STATEMENTS_DIFFER = "statements-differ"

    @property
    def rule(self) -> int:
        """1 to 6."""
        return _RULES[self]


_RULES = {
    Reason.LISTING_PASSES: 1,
    Reason.LISTING_FAILS: 1,
    Reason.NOTHING_KNOWN: 3,
    Reason.LISTINGS_DO_NOT_FILL: 4,
    Reason.THEY_COULD_NOT_TELL: 3,
    Reason.SAID: 4,
    Reason.SAID_BUT_NOT_LISTED: 4,
    Reason.SAID_THERE_IS_NONE: 5,
    Reason.LISTING_AGAINST_STATEMENT: 5,
    Reason.STATEMENTS_DIFFER: 6,
}

QUESTIONS: tuple[tuple[Test, ...], ...] = (
    (Test.SOURCE_UNCLEAR,),
    (Test.SOME_RESIDENTS,),
    (Test.MODE_NOT_KNOWN,),
    (Test.CHARGES, Test.COST_NOT_KNOWN),
    (Test.CLOSED_FOR_NOW,),
    (Test.WAITING_LIST_CLOSED,),
    (Test.NOT_TAKING_PEOPLE,),
    (Test.NOT_CONFIRMED, Test.CONFIRMED_LONG_AGO),
)
"""The eight questions a service is asked for each cell, each with the tests it may fail by its answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked of a service: its first test names it; failed: the test it fails, None where it passes."""

    question: Test
    failed: Test | None


def asked_of(judged: Judged) -> tuple[Asked, ...]:
    """The eight questions with a service's answers."""
    return tuple(
        Asked(tests[0], next((test for test in tests if test in judged.failed), None)) for tests in QUESTIONS
    )


def reason(half: HalfCell, cell: CellType) -> Reason:
    """What gave a half that applies its state."""
    from_listings = _from_listings(half, cell)
    if half.holding is None:
        return from_listings
    if half.holding.is_disputed:
        return Reason.STATEMENTS_DIFFER
    exists = half.holding.exists
    if exists is State.NOT_AVAILABLE:
        return Reason.LISTING_AGAINST_STATEMENT if half.is_disputed else Reason.SAID_THERE_IS_NONE
    listed = _listed(half, cell)
    if exists is State.NOT_KNOWN:
        return Reason.THEY_COULD_NOT_TELL if listed is Level.NOTHING else from_listings
    if listed is Level.AVAILABLE or (listed is Level.PARTLY and exists is State.PARTLY):
        return from_listings
    if exists is State.AVAILABLE and half.state is State.PARTLY:
        return Reason.SAID_BUT_NOT_LISTED
    return Reason.SAID


def _listed(half: HalfCell, cell: CellType) -> Level:
    if LISTINGS not in cell.filled_by:
        return Level.NOTHING
    return max((one.level for one in half.services), default=Level.NOTHING)


def _from_listings(half: HalfCell, cell: CellType) -> Reason:
    level = _listed(half, cell)
    if level is Level.AVAILABLE:
        return Reason.LISTING_PASSES
    if level is Level.PARTLY:
        return Reason.LISTING_FAILS
    return Reason.LISTINGS_DO_NOT_FILL if half.services else Reason.NOTHING_KNOWN


def history(
    statements: Iterable[Statement], types: Collection[str], around: Collection[str], mode: Mode
) -> tuple[Statement, ...]:
    """Everything ever said of half a cell, for its authority or an area round it; the newest first."""
    found = [
        one
        for one in statements
        if one.support_type in types and one.area_code in around and one.is_about(mode)
    ]
    return tuple(sorted(found, key=lambda one: (one.stated_on, one.id), reverse=True))
