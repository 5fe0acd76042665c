"""What commissioners and partnerships say of a cell, and which of it holds for an authority.

A statement is made for an area and holds for the authorities in it until a more local
one is made: the most local is that of the area with the fewest people. Two in force
for the same area that differ make the cell *disputed*, and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.matrix.types import Mode, State

BOTH = "both"
"""The mode of a statement that is about a cell as a whole, as for the duties of everyday services."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that somebody who knows has said of a cell. None is ever changed: a later one takes its place.

    area_code: the area it is made for. mode: 'in-person', 'remote' or 'both'.
    exists: AVAILABLE, PARTLY or NOT_AVAILABLE; NOT_KNOWN says that they looked and could not tell.
    body: 'commissioner', 'partnership' or 'national'. role: what the person is, never who.
    what, evidence: in their words. sector: '' or who provides it (taxonomy `sector`).
    effective: 'yes', 'mixed', 'no' or '' (not known): whether it works, in their judgement.
    stated_on: the day they said it. withdrawn_on: the day they took it back, if they did.
    """

    id: int
    area_code: str
    support_type: str
    mode: str
    exists: State
    body: str
    role: str
    stated_on: date
    what: str = ""
    effective: str = ""
    evidence: str = ""
    sector: str = ""
    withdrawn_on: date | None = None

    def is_about(self, mode: Mode) -> bool:
        """Whether it speaks of this half of the cell."""
        return self.mode in {BOTH, mode.value}


@dataclass(frozen=True, slots=True)
class Holding:
    """The statements that hold for half a cell in one authority: one, or several made for the same area.

    area_code: the area they were made for, which may be wider than the authority.
    """

    area_code: str
    statements: tuple[Statement, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether they differ on what exists."""
        return len({statement.exists for statement in self.statements}) > 1

    @property
    def exists(self) -> State:
        """What they say; where they differ, *not known* until they agree."""
        first = self.statements[0].exists
        return State.NOT_KNOWN if self.is_disputed else first


def in_force(statements: Iterable[Statement], on: date) -> tuple[Statement, ...]:
    """The newest of each speaker (area, type, mode, body, role) that was said by that day and not taken back by it."""
    newest: dict[tuple[str, str, str, str, str], Statement] = {}
    for statement in sorted(statements, key=lambda one: (one.stated_on, one.id)):
        if statement.stated_on <= on:
            speaker = (
                statement.area_code, statement.support_type, statement.mode, statement.body, statement.role
            )  # fmt: skip
            newest[speaker] = statement
    kept = (one for one in newest.values() if one.withdrawn_on is None or one.withdrawn_on > on)
    return tuple(sorted(kept, key=lambda one: one.id))


class Said:
    """The statements in force on a day, ready to be asked for one cell after another."""

    def __init__(
        self, statements: Iterable[Statement], on: date, fills: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """fills: support type → those it fills where it exists (one place for everything fills six others)."""
        self._by_cell: dict[tuple[str, str], list[Statement]] = {}
        self._filled_by: dict[str, list[str]] = {}
        for model, filled in (fills or {}).items():
            for support_type in filled:
                self._filled_by.setdefault(support_type, []).append(model)
        for statement in in_force(statements, on):
            self._by_cell.setdefault((statement.area_code, statement.support_type), []).append(statement)

    @property
    def area_codes(self) -> frozenset[str]:
        """The areas for which anything has been said."""
        return frozenset(code for code, _type in self._by_cell)

    def holding(self, support_type: str, mode: Mode, around: Sequence[str]) -> Holding | None:
        """What holds for half a cell. around: the codes of the areas an authority lies in, the most local first.

        A delivery model that exists speaks for the types it fills where nobody has spoken of them as locally.
        """
        for code in around:
            own = self._about(code, support_type, mode)
            if own:
                return Holding(code, own)
            lent = tuple(
                statement
                for model in self._filled_by.get(support_type, ())
                for statement in self._about(code, model, mode)
                if statement.exists in {State.AVAILABLE, State.PARTLY}
            )
            if lent:
                return Holding(code, lent)
        return None

    def _about(self, area_code: str, support_type: str, mode: Mode) -> tuple[Statement, ...]:
        held = self._by_cell.get((area_code, support_type), ())
        return tuple(statement for statement in held if statement.is_about(mode))
