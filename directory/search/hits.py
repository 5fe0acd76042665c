"""From sets of rows to hits in the order to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.search.bits import Flags, Mask, Rows, rows_of, unpack
from directory.search.reach import ACCEPTS, Placement, Reach, Squared
from directory.search.types import Fit, Hit, Listing, Section

_FITS = (Fit.YES, Fit.NOT_TOLD)
_NO_SPOT = -1
_BY_DISTANCE = frozenset({Section.NEAR, Section.FURTHER})


@dataclass(frozen=True, slots=True)
class Ranking:
    """What orders hits beside place and name.

    not_told: per row, whether a chosen facet is not told. inexact: per row, typed
      words not held letter for letter; None when no words count.
    """

    not_told: NDArray[np.uint8]
    inexact: NDArray[np.uint8] | None


class Hits:
    """Makes hits. Rows are in the order of names, so a row's number is its place by name and id."""

    def __init__(self, listings: Sequence[Listing], reach: Reach) -> None:
        self._ids = [listing.id for listing in listings]
        self._reach = reach
        self._locations = [spot.location_id for spot in reach.spots]
        # A hit at no place is the same in every search: made once, by row, accepts and fit.
        self._placeless: dict[int, Hit] = {}

    def of(self, section: Section, alive: Mask, placement: Placement, ranking: Ranking) -> tuple[Hit, ...]:
        """The hits of one section's rows that are alive, in order."""
        members = placement.sections[section] & alive
        rows, spots, squared = rows_of(members & ~placement.with_spots), None, None
        if placement.near is not None and placement.squared is not None:
            rows, spots, squared = self._with_spots(section, rows, members & placement.with_spots, placement)
        if not rows.size:
            return ()
        keys: list[NDArray[np.generic]] = [rows]
        if spots is not None:
            keys.insert(0, spots)
        if ranking.inexact is not None:
            keys.append(ranking.inexact[rows])
        if squared is not None and section in _BY_DISTANCE:
            keys.append(squared)
        keys.append(ranking.not_told[rows])
        order = np.lexsort(keys)
        rows = rows[order]
        codes = (rows * len(ACCEPTS) + placement.accepts[rows]) * len(_FITS) + ranking.not_told[rows]
        if spots is None or squared is None:
            return tuple(self._at_no_place(code) for code in codes.tolist())
        distances_km = (np.sqrt(squared[order]) / 1000).tolist()
        ordered = zip(codes.tolist(), spots[order].tolist(), distances_km, strict=True)
        return tuple(
            self._at_no_place(code) if spot == _NO_SPOT else self._at_spot(code, spot, distance_km)
            for code, spot, distance_km in ordered
        )

    def _with_spots(
        self, section: Section, placeless: Rows, members: Mask, placement: Placement
    ) -> tuple[Rows, Rows | None, Squared | None]:
        """(rows, spots, squared distances): the rows without a place, then those of the spots to show."""
        assert placement.near is not None and placement.squared is not None  # noqa: S101 - said by the caller
        flags = unpack(members)[self._reach.spot_rows]
        if section is Section.NEAR:
            spots: Rows = np.flatnonzero(flags & placement.near)
        else:
            spots = self._nearest(flags, placement.squared)
        if not spots.size:
            return placeless, None, None
        rows = np.concatenate([placeless, self._reach.spot_rows[spots]])
        all_spots = np.concatenate([np.full(placeless.size, _NO_SPOT, dtype=np.intp), spots])
        squared = np.concatenate([np.full(placeless.size, np.inf), placement.squared[spots]])
        return rows, all_spots, squared

    def _nearest(self, flags: Flags, squared: Squared) -> Rows:
        """Of the flagged spots, each row's nearest; of equally near ones the lowest location id."""
        spots = np.flatnonzero(flags)
        spots = spots[np.lexsort((squared[spots], self._reach.spot_rows[spots]))]
        rows = self._reach.spot_rows[spots]
        first = np.ones(spots.size, dtype=np.bool_)
        first[1:] = rows[1:] != rows[:-1]
        return spots[first]

    def _at_no_place(self, code: int) -> Hit:
        hit = self._placeless.get(code)
        if hit is None:
            row, accepts, fit = self._parts(code)
            hit = self._placeless[code] = Hit(self._ids[row], None, None, _FITS[fit], ACCEPTS[accepts])
        return hit

    def _at_spot(self, code: int, spot: int, distance_km: float) -> Hit:
        row, accepts, fit = self._parts(code)
        # The centre of a square is no more exact than this.
        told_km = round(distance_km, 1)
        return Hit(self._ids[row], self._locations[spot], told_km, _FITS[fit], ACCEPTS[accepts])

    @staticmethod
    def _parts(code: int) -> tuple[int, int, int]:
        rest, fit = divmod(code, len(_FITS))
        row, accepts = divmod(rest, len(ACCEPTS))
        return row, accepts, fit
