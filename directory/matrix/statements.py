"""What commissioners and partnerships say of a cell, and which of it holds for an authority.

A statement is made for an area and holds for the authorities in it until a more local
one is made: the most local is that of the area with the fewest people. Two in force
for the same area that differ make the cell *disputed*, and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    withdrawn_reason: str = ""

    @property
    def speaker(self) -> tuple[str, str, str, str]:
        """Who speaks of what: area, support type, body and role. A newer statement takes the older one's place."""
        return self.area_code, self.support_type, self.body, self.role.casefold()

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


def in_force(statements: Iterable[Statement], on: date, mode: Mode | None = None) -> tuple[Statement, ...]:
    """The newest of each speaker that was said by that day, unless it was taken back by then; by id.

    mode: for this half of a cell; else those in force for either half. Who first speaks
    of both halves and later of one has spoken anew of that one alone. Nothing older comes
    back when a statement is taken back.
    """
    newest: dict[tuple[tuple[str, str, str, str], Mode], Statement] = {}
    halves = tuple(Mode) if mode is None else (mode,)
    for statement in sorted(statements, key=lambda one: (one.stated_on, one.id)):
        if statement.stated_on <= on:
            for half in halves:
                if statement.is_about(half):
                    newest[statement.speaker, half] = statement
    kept = {one.id: one for one in newest.values() if one.withdrawn_on is None or one.withdrawn_on > on}
    return tuple(kept[number] for number in sorted(kept))


class Said:
    """The statements in force on a day, ready to be asked for one cell after another."""

    def __init__(
        self, statements: Iterable[Statement], on: date, fills: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """fills: support type → those it fills where it exists (one place for everything fills six others)."""
        self._by_half: dict[tuple[str, str, Mode], list[Statement]] = {}
        self._filled_by: dict[str, list[str]] = {}
        self._fills = fills or {}
        for model, filled in self._fills.items():
            for support_type in filled:
                self._filled_by.setdefault(support_type, []).append(model)
        everything = tuple(statements)
        for mode in Mode:
            for statement in in_force(everything, on, mode):
                key = (statement.area_code, statement.support_type, mode)
                self._by_half.setdefault(key, []).append(statement)
        self.area_codes = frozenset(code for code, _type, _mode in self._by_half)
        """The areas for which anything has been said."""

    def spoken_of(self) -> Iterator[tuple[str, str, Mode]]:
        """(area, support type, mode) of every half for which `made_for` has something, each once."""
        found = set(self._by_half)
        for code, support_type, mode in self._by_half:
            found.update((code, filled, mode) for filled in self._fills.get(support_type, ()))
        return (half for half in found if self.made_for(*half) is not None)

    def holding(self, support_type: str, mode: Mode, around: Sequence[str]) -> Holding | None:
        """What holds for half a cell. around: the codes of the areas an authority lies in, the most local first."""
        for code in around:
            if code not in self.area_codes:
                continue
            found = self.made_for(code, support_type, mode)
            if found is not None:
                return found
        return None

    def made_for(self, area_code: str, support_type: str, mode: Mode) -> Holding | None:
        """What has been said of half a cell for this very area.

        A delivery model that exists speaks for the types it fills where nobody has spoken of them as locally.
        """
        own = self._by_half.get((area_code, support_type, mode), ())
        if own:
            return Holding(area_code, tuple(own))
        lent: list[Statement] = []
        for model in self._filled_by.get(support_type, ()):
            of_model = self._by_half.get((area_code, model, mode), ())
            # A model that one of them denies is disputed, and lends nothing.
            if all(statement.exists in {State.AVAILABLE, State.PARTLY} for statement in of_model):
                lent += of_model
        return Holding(area_code, tuple(lent)) if lent else None
