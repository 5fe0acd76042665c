"""Counts of people under ten: never told, and never to be worked out from what stands beside them.

Everything here holds against a reader who knows these very rules. So what is hidden is
decided in ways that leave each hidden count several values it may have: see each function.
Not for estimates (`directory.matrix.need.rounded`), which count nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 10
"""The smallest count of people that is told, besides none at all."""
SMALL_PARTS_MAX = 8
"""Of more small parts than this, 'fewer than 10 in all' would say that each is exactly one."""


class Hidden(StrEnum):
    """What stands in the place of a count that is not told."""

    FEWER_THAN_TEN = "fewer-than-10"
    KEPT_BACK = "kept-back"
    """It may be any number: telling it would tell a smaller one beside it."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A total of which only this much is told: the parts beside it that are."""

    count: int


Told = int | Hidden
ToldTotal = int | Hidden | AtLeast


@dataclass(frozen=True, slots=True)
class ToldTable:
    """Counts as they may stand on one page, with their total."""

    parts: tuple[Told, ...]
    total: ToldTotal


def told(count: int) -> Told:
    """One count that stands alone. None is told as none. Raises ValueError below nought."""
    if count < 0:
        raise ValueError(f"{count} is no count of people")
    return Hidden.FEWER_THAN_TEN if 0 < count < FEWEST else count


def with_total_kept(parts: Sequence[int]) -> ToldTable:
    """The parts and their total, where the total matters most: told as it is, unless it is small itself.

    If any part is small and the total is not, no part is told at all: a reader then knows only that
    some part is small. The same, whatever the parts are, where a small total has many.
    """
    total = told(sum(parts))
    if total is Hidden.FEWER_THAN_TEN:
        if len(parts) > SMALL_PARTS_MAX:
            return ToldTable(_all_kept_back(parts), total)
        return ToldTable(tuple(told(part) for part in parts), total)
    if any(0 < part < FEWEST for part in parts):
        return ToldTable(_all_kept_back(parts), total)
    return ToldTable(tuple(parts), total)


def _all_kept_back(parts: Sequence[int]) -> tuple[Told, ...]:
    return (Hidden.KEPT_BACK,) * len(parts)


def with_parts_kept(parts: Sequence[int]) -> ToldTable:
    """The parts and their total, where the parts matter most: each but the small ones is told.

    If any part is small, the total is told only as far as the told parts go, so each small one may
    be anything from one to nine; a small total is told as such.
    """
    shown = tuple(told(part) for part in parts)
    small = shown.count(Hidden.FEWER_THAN_TEN)
    if not small:
        return ToldTable(shown, sum(parts))
    if sum(parts) < FEWEST and small <= SMALL_PARTS_MAX:
        return ToldTable(shown, Hidden.FEWER_THAN_TEN)
    return ToldTable(shown, AtLeast(sum(part for part in shown if isinstance(part, int))))


def of_nested(counts: Sequence[int]) -> tuple[Told, ...]:
    """Counts of people, each within the one before, as filters make them: the widest first.

    One is told only if it differs from the last one told by nothing or by ten people or more: else
    the two would tell how many are in the one and not in the other. Below a told count the mark of a
    hidden one is always the same, small or not: two marks would narrow it. Raises ValueError if they rise.
    """
    if any(inner > outer for outer, inner in zip(counts, counts[1:], strict=False)):
        raise ValueError("the counts must not rise: each is of people within the one before")
    found: list[Told] = []
    last: int | None = None
    for count in counts:
        alone = told(count)
        if last is None:
            found.append(alone)
        else:
            found.append(alone if isinstance(alone, int) and _is_far(last, alone) else Hidden.KEPT_BACK)
        last = found[-1] if isinstance(found[-1], int) else last
    return tuple(found)


def of_snapshots(counts: Sequence[int]) -> tuple[Told, ...]:
    """The same count of people on several days, the first day first.

    One is told only if it differs from each told before by nothing or by ten people or more: no two
    days tell that one person came or went.
    """
    found: list[Told] = []
    for count in counts:
        alone = told(count)
        if isinstance(alone, int) and not all(
            _is_far(alone, before) for before in found if isinstance(before, int)
        ):
            alone = Hidden.KEPT_BACK
        found.append(alone)
    return tuple(found)


def _is_far(one: int, other: int) -> bool:
    return one == other or abs(one - other) >= FEWEST
