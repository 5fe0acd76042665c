"""Half a cell: its state, and the services and statements it rests on.

The rules, as a person can read them:

1. A listing that passes every test makes it *available*; one that fails any makes it *partly* available.
2. Help of one mode never fills the other half.
3. Where no listing counts and nobody has said anything, it is *not known*.
4. What a partnership or a national body says fills the types that they may fill. For a type that
   only listings fill, a statement that it exists makes it *partly* available until it is listed.
5. A statement that there is none makes it *not available*, unless a listing offers it for certain:
   then the two differ, the cell is disputed, and the listing's state stands.
6. Two statements for the same area that differ make it disputed; the listings alone then decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.matrix.judge import judge
from directory.matrix.statements import Holding, Said
from directory.matrix.types import (
    SETTLED_BY_A_CALL,
    Judged,
    Level,
    MatrixService,
    Mode,
    Rules,
    State,
    Test,
)

LISTINGS, PARTNERSHIP, NATIONAL = "listings", "partnership", "national"
"""Who can fill a cell: codes of the taxonomy `filled_by` in data/terms.csv."""

_STATE_OF = {
    Level.NOTHING: State.NOT_KNOWN,
    Level.PARTLY: State.PARTLY,
    Level.AVAILABLE: State.AVAILABLE,
}
_ORDER = {State.NOT_KNOWN: 0, State.NOT_AVAILABLE: 1, State.PARTLY: 2, State.AVAILABLE: 3}


@dataclass(frozen=True, slots=True)
class CellType:
    """What the matrix needs to know of a support type: its code, group, who can fill it, and which halves apply.

    modes: a helpline is remote by its nature, so that its half in person is blank and counts nowhere.
    """

    code: str
    group: str
    kind: str
    filled_by: frozenset[str]
    modes: frozenset[Mode] = frozenset(Mode)


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority a cell is about: its LAD code, its nation's, and the areas it lies in, the most local first."""

    code: str
    nation: str
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HalfCell:
    """One mode of one cell.

    services: those that count, the nearest to *available* first.
    holding: what has been said that holds here; None where nothing has.
    is_disputed: statements differ, or a statement and a listing do.
    applies: False for a half that makes no sense, such as a helpline in person: blank, and counted nowhere.
    """

    support_type: str
    mode: Mode
    state: State
    services: tuple[Judged, ...] = ()
    holding: Holding | None = None
    is_disputed: bool = False
    applies: bool = True

    @property
    def could_be_settled(self) -> tuple[Judged, ...]:
        """The services of which a telephone call alone might make this half *available*."""
        if self.state is State.AVAILABLE:
            return ()
        return tuple(one for one in self.services if one.failed and set(one.failed) <= SETTLED_BY_A_CALL)

    @property
    def failed(self) -> tuple[Test, ...]:
        """The tests that keep it from being *available*: those of the service that fails fewest."""
        return self.services[0].failed if self.services and self.state is State.PARTLY else ()


def half_cell(
    cell: CellType,
    authority: Authority,
    mode: Mode,
    services: Iterable[MatrixService],
    said: Said,
    rules: Rules,
) -> HalfCell:
    """Half a cell of an authority, from the services and what has been said."""
    if mode not in cell.modes:
        return HalfCell(cell.code, mode, State.NOT_KNOWN, applies=False)
    judged = [
        one
        for service in services
        if (one := judge(service, cell.code, authority.code, authority.nation, mode, rules)) is not None
    ]
    judged.sort(key=lambda one: (-one.level, len(one.failed), one.service.name, one.service.id))
    holding = said.holding(cell.code, mode, authority.around)
    level = max((one.level for one in judged), default=Level.NOTHING)
    if LISTINGS not in cell.filled_by:
        # A duty of everyday services: a listing is evidence beside it, and fills nothing.
        level = Level.NOTHING
    is_certain = any(Test.SOURCE_UNCLEAR not in one.failed for one in judged) and level > Level.NOTHING
    state, is_disputed = combined(level, is_certain=is_certain, holding=holding, filled_by=cell.filled_by)
    return HalfCell(cell.code, mode, state, tuple(judged), holding, is_disputed)


def combined(
    level: Level, *, is_certain: bool, holding: Holding | None, filled_by: frozenset[str]
) -> tuple[State, bool]:
    """(state, is it disputed) from what the listings reach and what has been said.

    is_certain: whether some listing that counts offers the type for certain.
    """
    listed = _STATE_OF[level]
    if holding is None:
        return listed, False
    if holding.is_disputed:
        return listed, True
    exists = holding.exists
    if exists is State.NOT_AVAILABLE:
        return (listed, True) if is_certain else (State.NOT_AVAILABLE, False)
    if exists is State.AVAILABLE and not _may_fill(holding, filled_by):
        exists = State.PARTLY
    return max(listed, exists, key=_ORDER.__getitem__), False


def _may_fill(holding: Holding, filled_by: frozenset[str]) -> bool:
    """Whether whoever speaks may fill the cell: a commissioner speaks as the partnership does."""
    bodies = {NATIONAL if one.body == NATIONAL else PARTNERSHIP for one in holding.statements}
    return bool(bodies & filled_by)
