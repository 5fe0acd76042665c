"""The states of every half cell of every authority, from columns, and one changed service at a time.

Gives exactly what `half_cell` gives for each, which a test holds on random worlds. It
counts, for each authority, type and mode, the services that count at all, those of them
that offer the type for certain, and those that pass every test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.matrix.cells import LISTINGS, CellType
from directory.matrix.columns import Axes, ServiceColumns, columns_of
from directory.matrix.outcomes import Outcomes
from directory.matrix.statements import Said
from directory.matrix.types import Level, MatrixService, Mode, Rules, State

MODES = tuple(Mode)
STATES = tuple(State)
_COUNTING, _CERTAIN, _AVAILABLE = 0, 1, 2

Counts = NDArray[np.int32]
Places = NDArray[np.intp]


class Listed:
    """How many services stand behind each half cell: what the listings alone reach, before anything was said.

    counts (3, rows of axes, types, modes): counting, certain, available.
    """

    def __init__(self, axes: Axes, columns: ServiceColumns) -> None:
        self.axes = axes
        self._nation_of = np.array(axes.nation_of, np.intp)
        self._counts = np.zeros((3, axes.rows, len(axes.types), len(MODES)), np.int32)
        self._add(columns, 1)

    def counts(self, types: Places | slice = slice(None)) -> Counts:
        """(3, authorities, types, modes): each authority's own and its nation's together, of some types or all."""
        size = len(self.axes.authorities)
        some = self._counts[:, :, types]
        return np.asarray(some[:, :size] + some[:, size:][:, self._nation_of], np.int32)

    def change(self, old: ServiceColumns, new: ServiceColumns) -> Places:
        """Take some services out as they were, and put them in as they are now; gives the types that this touches."""
        self._add(old, -1)
        self._add(new, 1)
        return np.unique(np.concatenate((old.type_index, new.type_index))).astype(np.intp)

    def _add(self, columns: ServiceColumns, sign: int) -> None:
        """Each service meets each of its types in each of its areas once; count those meetings."""
        areas = np.diff(columns.area_start)
        types = np.diff(columns.type_start)
        service_of_area = np.repeat(np.arange(len(areas), dtype=np.int32), areas)
        # One line for each (service, area), repeated for each type of the service.
        types_here = types[service_of_area]
        line = np.repeat(np.arange(len(service_of_area), dtype=np.int32), types_here)
        first = np.cumsum(types_here) - types_here
        within = np.arange(len(line), dtype=np.int32) - first[line].astype(np.int32)
        service = service_of_area[line]
        entry = columns.type_start[service] + within
        cell = columns.area_index[line].astype(np.int64) * len(self.axes.types) + columns.type_index[entry]
        is_certain = columns.type_level[entry] == Level.AVAILABLE
        level = np.minimum(
            np.minimum(columns.area_level[line], columns.type_level[entry]), columns.base[service]
        )
        for place in range(len(MODES)):
            given = columns.modes[service, place]
            for which, meets in (
                (_COUNTING, given > 0),
                (_CERTAIN, (given > 0) & is_certain),
                (_AVAILABLE, (given == Level.AVAILABLE) & (level == Level.AVAILABLE)),
            ):
                self._count(which, place, cell[meets], sign)

    def _count(self, which: int, place: int, cells: NDArray[np.int64], sign: int) -> None:
        into = self._counts[which, :, :, place]
        if len(cells) * 8 < into.size:
            # Few cells, as when one service changes: touch those alone.
            rows, types = np.divmod(cells, into.shape[1])
            np.add.at(into, (rows, types), sign)
        else:
            into += sign * np.bincount(cells, minlength=into.size).reshape(into.shape).astype(np.int32)


class CountryStates:
    """The state of each half cell of each authority, with what has been said taken in."""

    def __init__(
        self, listed: Listed, cells: Sequence[CellType], around: Mapping[str, Sequence[str]], said: Said
    ) -> None:
        """cells: in the order of the axes' types. around: authority → the areas it lies in, most local first."""
        axes = listed.axes
        self._listed = listed
        self._row = {code: row for row, code in enumerate(axes.authorities)}
        self._column = {cell.code: column for column, cell in enumerate(cells)}
        # The halves that listings may fill.
        self._open = np.array(
            [[LISTINGS in cell.filled_by and mode in cell.modes for mode in MODES] for cell in cells],
            np.bool_,
        )
        self._outcomes = Outcomes(axes.authorities, cells, around, said)
        shape = (len(axes.authorities), len(cells), len(MODES))
        self._states = np.zeros(shape, np.uint8)
        self._disputed = np.zeros(shape, np.bool_)
        self._work_out(np.arange(len(cells)))

    def change(self, old: ServiceColumns, new: ServiceColumns) -> None:
        """Work out anew what some changed services touch, and nothing else. Not while others read."""
        self._work_out(self._listed.change(old, new))

    def _work_out(self, types: Places) -> None:
        counting, certain, available = self._listed.counts(types)
        is_open = self._open[types]
        level = ((counting > 0).astype(np.uint8) + (available > 0)) * is_open
        is_certain = (certain > 0) & is_open
        self._states[:, types], self._disputed[:, types] = self._outcomes.of(types, level, is_certain)

    def state(self, authority: str, support_type: str, mode: Mode) -> State:
        """One half cell's; *not known* for a half that does not apply. Raises KeyError for what is on no axis."""
        place = self._states[self._row[authority], self._column[support_type], MODES.index(mode)]
        return STATES[int(place)]

    def over(self, authorities: Iterable[str], support_type: str, mode: Mode) -> dict[str, State]:
        """Authority → state, for one half cell."""
        return {code: self.state(code, support_type, mode) for code in authorities}

    def is_disputed(self, authority: str, support_type: str, mode: Mode) -> bool:
        """Whether those who speak of it, or they and a listing, differ."""
        return bool(self._disputed[self._row[authority], self._column[support_type], MODES.index(mode)])


def listed_states(services: Sequence[MatrixService], axes: Axes, rules: Rules) -> Listed:
    """What some services reach, all over the country."""
    return Listed(axes, columns_of(services, axes, rules))
