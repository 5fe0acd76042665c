"""What becomes of each half cell at each level its listings may reach, once what has been said is taken in.

The rules are those of `combined`, asked once for each thing said, not once for each cell:
a statement for a whole nation speaks of hundreds of authorities at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.matrix.cells import CellType, combined
from directory.matrix.statements import Holding, Said
from directory.matrix.types import Level, Mode, State

_STATES = tuple(State)
_FAR = np.iinfo(np.int32).max


class Outcomes:
    """For each authority, type and mode what has been said of it, and what follows from that."""

    def __init__(
        self,
        authorities: Sequence[str],
        cells: Sequence[CellType],
        around: Mapping[str, Sequence[str]],
        said: Said,
    ) -> None:
        """around: authority → the codes of the areas it lies in, the most local first."""
        modes = tuple(Mode)
        column = {cell.code: place for place, cell in enumerate(cells)}
        # One line for each holding: (state, is it disputed) for each level, not certain and certain.
        lines = [_line(None, frozenset())]
        self._holding = np.zeros((len(authorities), len(cells), len(modes)), np.int32)
        how_far = np.full(self._holding.shape, _FAR, np.int32)
        inside = _inside(authorities, around, said.area_codes)
        for code, support_type, mode in said.spoken_of():
            place = column.get(support_type)
            if place is None or code not in inside or mode not in cells[place].modes:
                continue
            rows, steps = inside[code]
            half = (rows, place, modes.index(mode))
            is_nearer = steps < how_far[half]
            how_far[half] = np.where(is_nearer, steps, how_far[half])
            self._holding[half] = np.where(is_nearer, len(lines), self._holding[half])
            lines.append(_line(said.made_for(code, support_type, mode), cells[place].filled_by))
        self._lines = np.array(lines, np.uint8)

    def of(
        self, types: NDArray[np.intp], level: NDArray[np.uint8], is_certain: NDArray[np.bool_]
    ) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """(states as places in State, is each disputed), each (authorities, types, modes).

        types: places of some types. level, is_certain: what their listings reach, of the same shape.
        """
        found = self._lines[self._holding[:, types], is_certain.astype(np.intp), level]
        return found[..., 0], found[..., 1].astype(np.bool_)


def _line(holding: Holding | None, filled_by: frozenset[str]) -> list[list[tuple[int, bool]]]:
    found = []
    for is_certain in (False, True):
        answers = (
            combined(level, is_certain=is_certain, holding=holding, filled_by=filled_by) for level in Level
        )
        found.append([(_STATES.index(state), is_disputed) for state, is_disputed in answers])
    return found


def _inside(
    authorities: Sequence[str], around: Mapping[str, Sequence[str]], codes: frozenset[str]
) -> dict[str, tuple[NDArray[np.intp], NDArray[np.int32]]]:
    """Area → the rows of the authorities in it, and how many more local areas each of those lies in."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for row, authority in enumerate(authorities):
        for step, code in enumerate(around[authority]):
            if code in codes:
                rows, steps = found.setdefault(code, ([], []))
                rows.append(row)
                steps.append(step)
    return {
        code: (np.array(rows, np.intp), np.array(steps, np.int32)) for code, (rows, steps) in found.items()
    }
