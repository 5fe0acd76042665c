"""What the public page shows of some kinds of support, told to whoever has just said something of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.matrix.areas import MatrixArea
from directory.matrix.types import Mode
from directory.queries.area_states import states_of
from directory.queries.current_matrix import MatrixWorld
from directory.reference.groups import groups
from directory.reference.support_types import SupportType, support_types
from directory.web.matrix_states import StateLine, line, residents, share_lines
from directory.web.words import term, translated


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of support. group: for whom it is, in words.

    halves: (in which way, the states); the way is '' where the states are the same in both, or there is one alone.
    """

    type: SupportType
    group: str
    halves: tuple[tuple[str, tuple[StateLine, ...]], ...]


def shown_of(world: MatrixWorld, area: MatrixArea, codes: Iterable[str]) -> tuple[Shown, ...]:
    """What is shown of some support types, each once. A code that does not exist is passed over."""
    states = states_of(world, area)
    found = []
    for code in dict.fromkeys(codes):
        one = support_types().get(code)
        if one is None:
            continue
        halves = []
        for mode in Mode:
            if (by_authority := states.get((code, mode))) is not None:
                lines = (
                    share_lines(by_authority, residents({one.group}))
                    if area.is_wide
                    else (line(by_authority[area.members[0]]),)
                )
                halves.append((term(mode.value, "mode"), lines))
        if len({lines for _mode, lines in halves}) == 1:
            halves = [("", halves[0][1])]
        found.append(Shown(one, translated(groups()[one.group].label), tuple(halves)))
    return tuple(found)
