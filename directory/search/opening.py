"""Who is open at a given minute, as a facet like any other; worked out once a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np

from directory.search.bits import RowSpace
from directory.search.facets import Column
from directory.search.limits import MINUTES_KEPT
from directory.search.types import Listing

IsOpen = Callable[[str, datetime], bool | None]
"""(opening_hours expression, moment) → open, closed, or None where the expression does not say.

May raise ValueError for an expression it cannot read.
"""

VALUES = ("no", "yes")


class Opening:
    """The different hour expressions of all listings, each asked once a minute whoever uses it."""

    def __init__(self, listings: Sequence[Listing], space: RowSpace, is_open: IsOpen) -> None:
        self._space = space
        self._is_open = is_open
        self._rows_by_hours: dict[tuple[str, ...], list[int]] = {}
        for row, listing in enumerate(listings):
            if listing.hours:
                self._rows_by_hours.setdefault(listing.hours, []).append(row)
        self._expressions = sorted({each for hours in self._rows_by_hours for each in hours})
        self._unknown = self._column([], [])
        self._kept: dict[datetime, Column] = {}

    def column(self, at: datetime | None) -> Column:
        """'yes' (a route is open) and 'no' (all are closed); not told where hours are not known or unclear.

        Without a moment nobody can tell, so every row is not told.
        """
        if at is None:
            return self._unknown
        minute = at.replace(second=0, microsecond=0)
        kept = self._kept
        found = kept.get(minute)
        if found is None:
            found = self._work_out(minute)
            newest = list(kept.items())[-(MINUTES_KEPT - 1) :]
            # Replaced in one step: another thread sees the old minutes or the new, never half of either.
            self._kept = dict([*newest, (minute, found)])
        return found

    def _work_out(self, minute: datetime) -> Column:
        states = {expression: self._state(expression, minute) for expression in self._expressions}
        closed: list[int] = []
        opened: list[int] = []
        for hours, rows in self._rows_by_hours.items():
            found = {states[expression] for expression in hours}
            if True in found:
                opened.extend(rows)
            elif None not in found:
                closed.extend(rows)
        return self._column(closed, opened)

    def _state(self, expression: str, minute: datetime) -> bool | None:
        try:
            return self._is_open(expression, minute)
        except ValueError:
            # One listing's unreadable hours must not take the search away from everybody.
            return None

    def _column(self, closed: list[int], opened: list[int]) -> Column:
        known = self._space.planes([closed, opened])
        return Column(VALUES, known, np.zeros_like(known), known[0] | known[1])
