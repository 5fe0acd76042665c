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
Flags = NDArray[np.bool_]


class Listed:
    """How many services stand behind each half cell: what the listings alone reach, before anything was said.

    counts (3, rows of axes, types, modes): counting, certain, available.
    """

    def __init__(self, axes: Axes, columns: ServiceColumns) -> None:
        self.axes = axes
        # The rows, beside its own, that stand for each authority too.
        self._wider = [np.array(axes.nation_of, np.intp) + len(axes.authorities)]
        if axes.regions:
            self._wider.append(np.array(axes.region_of, np.intp) + len(axes.authorities) + len(axes.nations))
        self._counts = np.zeros((axes.rows, len(axes.types), 3, len(MODES)), np.int32)
        self._add(columns, 1)

    def counts(self, types: Places | slice = slice(None)) -> Counts:
        """(3, authorities, types, modes): each authority's own, its nation's and its region's, of some types or all."""
        some = self._counts[:, types]
        together = some[: len(self.axes.authorities)].copy()
        for rows in self._wider:
            together += some[rows]
        return np.moveaxis(together, 2, 0)

    def change(self, old: ServiceColumns, new: ServiceColumns) -> Places:
        """Take some services out as they were, and put them in as they are now; gives the types that this touches."""
        self._add(old, -1)
        self._add(new, 1)
        return np.unique(np.concatenate((old.type_index, new.type_index))).astype(np.intp)

    def _add(self, columns: ServiceColumns, sign: int) -> None:
        """Each service meets each of its types in each of its areas once; count those meetings."""
        cell, entry, takes_all = _meetings(columns, len(self.axes.types))
        counting, certain, available = _tallies(columns)
        into = self._counts.reshape(-1, 3, len(MODES))
        if len(cell) * 8 < len(into):
            # Few meetings, as when one service changes: touch their cells alone.
            here = np.stack((counting[:, entry], certain[:, entry], available[:, entry] & takes_all))
            np.add.at(into, cell, sign * here.transpose(2, 0, 1))
            return
        sums = _two_sums(cell, _both_at_once(*available)[entry] * takes_all, len(into))
        into[:, _AVAILABLE] += sign * sums.T
        for place in range(len(MODES)):
            sums = _two_sums(cell, _both_at_once(counting[place], certain[place])[entry], len(into))
            into[:, _COUNTING : _CERTAIN + 1, place] += sign * sums.T


def _meetings(columns: ServiceColumns, types: int) -> tuple[Places, Places, Flags]:
    """For each meeting: its cell (row times types plus type), the entry of its type, and whether the service
    takes everybody there. types: how many there are on the axis."""
    of_each = np.diff(columns.type_start)
    service = np.repeat(np.arange(len(of_each)), np.diff(columns.area_start))
    # One line for each (service, area), repeated for each type of the service.
    times = of_each[service]
    first = np.cumsum(times) - times
    entry = np.repeat(columns.type_start[service] - first, times)
    entry += np.arange(len(entry))
    cell = np.repeat(columns.area_index.astype(np.intp) * types, times)
    cell += columns.type_index[entry]
    return cell, entry, np.repeat(columns.area_level == Level.AVAILABLE, times)


def _tallies(columns: ServiceColumns) -> tuple[Flags, Flags, Flags]:
    """Counting, certain, available (modes, types of all services): what each is where the service takes everybody."""
    service = np.repeat(np.arange(len(columns.base)), np.diff(columns.type_start))
    given = columns.modes.T[:, service]
    counting = given > Level.NOTHING
    certain = counting & (columns.type_level == Level.AVAILABLE)
    available = certain & (given == Level.AVAILABLE) & (columns.base == Level.AVAILABLE)[service]
    return counting, certain, available


_SECOND = 2.0**26
"""A float holds two counts below 67 million exactly, so that one pass over the meetings adds up both."""


def _both_at_once(first: Flags, second: Flags) -> NDArray[np.float64]:
    return np.asarray(first + _SECOND * second, np.float64)


def _two_sums(cell: Places, both: NDArray[np.float64], size: int) -> Counts:
    """(2, cells): both counts of each cell, added up."""
    sums = np.bincount(cell, both, minlength=size).astype(np.int64)
    second = sums // int(_SECOND)
    return np.stack((sums - second * int(_SECOND), second)).astype(np.int32)


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
        self._applies = np.array([[mode in cell.modes for mode in MODES] for cell in cells], np.bool_)
        # The halves that listings may fill.
        by_listings = np.array([[LISTINGS in cell.filled_by] for cell in cells], np.bool_)
        self._open = self._applies & by_listings
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

    def counts(self, authorities: Iterable[str]) -> dict[State, int]:
        """State → half cells of some authorities that are in it, of those that apply; every state is there."""
        rows = [self._row[code] for code in authorities]
        found = np.bincount(self._states[rows][:, self._applies].ravel(), minlength=len(STATES))
        return {state: int(found[place]) for place, state in enumerate(STATES)}

    def is_disputed(self, authority: str, support_type: str, mode: Mode) -> bool:
        """Whether those who speak of it, or they and a listing, differ."""
        return bool(self._disputed[self._row[authority], self._column[support_type], MODES.index(mode)])


def listed_states(services: Sequence[MatrixService], axes: Axes, rules: Rules) -> Listed:
    """What some services reach, all over the country."""
    return Listed(axes, columns_of(services, axes, rules))
