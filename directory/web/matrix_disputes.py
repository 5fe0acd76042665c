"""What a reader may be told of a cell on which those who speak of it differ: for most, nothing of what was said."""

from __future__ import annotations

from collections.abc import Iterable

from directory.matrix.statements import Holding
from directory.matrix.types import Mode
from directory.queries.current_matrix import MatrixWorld
from directory.security.who_sees import Fact, sees


def told_holding(holding: Holding | None, *, is_disputed: bool) -> Holding | None:
    """What holds for half a cell, as whoever asks may see it. is_disputed: of the half."""
    return None if is_disputed and not sees(Fact.DISPUTE) else holding


def untold_statements(
    world: MatrixWorld, authorities: Iterable[str], support_type: str, modes: Iterable[Mode]
) -> frozenset[int]:
    """Ids of the statements that hold for disputed halves of a cell, where that is not for whoever asks."""
    if sees(Fact.DISPUTE):
        return frozenset()
    halves = tuple(modes)
    return frozenset(
        one.id
        for code in authorities
        for mode in halves
        if world.states.is_disputed(code, support_type, mode)
        and (holding := world.said.holding(support_type, mode, world.areas.around(code)))
        for one in holding.statements
    )


def is_told_of(world: MatrixWorld, area_code: str, support_type: str, mode: Mode) -> bool:
    """Whether this reader may be told what was said for this very area: not where those who spoke differ."""
    made = world.said.made_for(area_code, support_type, mode)
    return sees(Fact.DISPUTE) or made is None or not made.is_disputed
