"""From sets of rows to hits in the order to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.search.bits import Planes, Rows, unpack
from directory.search.reach import ACCEPTS, Distances, Placement, Reach, Squared
from directory.search.types import Fit, Hit, Listing, Section

SECTIONS = tuple(Section)
_FITS = (Fit.YES, Fit.NOT_TOLD)
_NO_SPOT = -1
_NEAR = SECTIONS.index(Section.NEAR)
_BY_DISTANCE_UP_TO = SECTIONS.index(Section.FURTHER)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What orders hits beside place and name.

    not_told: per row, whether a chosen facet is not told; None when none is chosen.
    inexact: per row, typed words not held letter for letter; None when no words count.
    """

    not_told: NDArray[np.uint8] | None
    inexact: NDArray[np.uint8] | None


@dataclass(frozen=True, slots=True)
class _Entries:
    """Hits to be: section, row, spot (or _NO_SPOT) and squared distance (or infinity), one beside the other."""

    sections: Rows
    rows: Rows
    spots: Rows
    squared: Squared


class Hits:
    """Makes hits. Rows are in the order of names, so a row's number is its place by name and id."""

    def __init__(self, listings: Sequence[Listing], reach: Reach) -> None:
        self._ids = [listing.id for listing in listings]
        self._reach = reach
        self._locations = [spot.location_id for spot in reach.spots]
        # A hit at no place is the same in every search: made once, by row, accepts and fit.
        self._placeless: dict[int, Hit] = {}

    def of(self, members: Planes, placement: Placement, ranking: Ranking) -> dict[Section, tuple[Hit, ...]]:
        """Each section's hits, in order. `members`: for each section its rows that are alive."""
        flags = unpack(members)
        sections, rows = np.divmod(np.flatnonzero(flags), flags.shape[1])
        if placement.distances is None:
            entries = None
        else:
            entries = self._at_places(sections, rows, placement.distances)
            sections, rows = entries.sections, entries.rows
        order = self._order(sections, rows, entries, ranking)
        if order is not None:
            sections, rows = sections[order], rows[order]
        codes = rows * (len(ACCEPTS) * len(_FITS)) + placement.accepts[rows] * len(_FITS)
        if ranking.not_told is not None:
            codes += ranking.not_told[rows]
        if entries is None:
            hits = [self._at_no_place(code) for code in codes.tolist()]
        else:
            hits = self._made(codes, entries, order)
        ends = np.searchsorted(sections, np.arange(len(SECTIONS)), side="right").tolist()
        return {
            section: tuple(hits[start:end])
            for section, start, end in zip(SECTIONS, [0, *ends], ends, strict=False)
        }

    def _order(
        self, sections: Rows, rows: Rows, entries: _Entries | None, ranking: Ranking
    ) -> Rows | None:
        """None where section and row, in which the entries stand already, are all that counts."""
        keys: list[NDArray[np.generic]] = []
        if ranking.inexact is not None:
            keys.append(ranking.inexact[rows])
        if entries is not None:
            keys.append(np.where(sections <= _BY_DISTANCE_UP_TO, entries.squared, 0))
        if ranking.not_told is not None:
            keys.append(ranking.not_told[rows])
        if not keys:
            return None
        first = [rows] if entries is None else [entries.spots, rows]
        return np.lexsort((*first, *keys, sections))

    def _at_places(self, sections: Rows, rows: Rows, distances: Distances) -> _Entries:
        """Rows shown at spots become one entry for each near spot in NEAR, else one at the nearest spot."""
        at_spots = distances.shown_at_spots[rows]
        counts = self._reach.spot_counts[rows[at_spots]]
        ends = np.cumsum(counts)
        starts = ends - counts
        listing = np.repeat(np.flatnonzero(at_spots), counts)
        spots = np.arange(listing.size) + np.repeat(self._reach.spot_starts[rows[at_spots]] - starts, counts)
        squared = distances.squared[spots]
        kept = distances.near[spots]
        # Of equally near spots the first, which has the lowest location id.
        nearest = np.lexsort((squared, listing))[starts]
        elsewhere = sections[listing] != _NEAR
        kept[elsewhere] = False
        kept[nearest[elsewhere[nearest]]] = True
        listing, spots, squared = listing[kept], spots[kept], squared[kept]
        placeless = np.flatnonzero(~at_spots)
        every = np.concatenate([placeless, listing])
        return _Entries(
            sections[every],
            rows[every],
            np.concatenate([np.full(placeless.size, _NO_SPOT), spots]),
            np.concatenate([np.full(placeless.size, np.inf), squared]),
        )

    def _made(self, codes: Rows, entries: _Entries, order: Rows | None) -> list[Hit]:
        spots = entries.spots if order is None else entries.spots[order]
        squared = entries.squared if order is None else entries.squared[order]
        distances_km = np.sqrt(squared) / 1000
        return [
            self._at_no_place(code) if spot == _NO_SPOT else self._at_spot(code, spot, distance_km)
            for code, spot, distance_km in zip(
                codes.tolist(), spots.tolist(), distances_km.tolist(), strict=True
            )
        ]

    def _at_no_place(self, code: int) -> Hit:
        hit = self._placeless.get(code)
        if hit is None:
            row, accepts, fit = _parts(code)
            hit = self._placeless[code] = Hit(self._ids[row], None, None, _FITS[fit], ACCEPTS[accepts])
        return hit

    def _at_spot(self, code: int, spot: int, distance_km: float) -> Hit:
        row, accepts, fit = _parts(code)
        # The centre of a square is no more exact than this.
        told_km = round(distance_km, 1)
        return Hit(self._ids[row], self._locations[spot], told_km, _FITS[fit], ACCEPTS[accepts])


def _parts(code: int) -> tuple[int, int, int]:
    """A code's (row, position in ACCEPTS, position in _FITS)."""
    rest, fit = divmod(code, len(_FITS))
    row, accepts = divmod(rest, len(ACCEPTS))
    return row, accepts, fit
