"""From sets of rows to hits in the order to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.search.bits import Flags, Rows
from directory.search.reach import Placement, Reach, Squared
from directory.search.sections import ACCEPTS, ACCEPTS_SHIFT, AT_SPOTS_BIT, SECTION_BITS, SECTIONS
from directory.search.types import Fit, Hit, Listing, Section

_FITS = (Fit.YES, Fit.NOT_TOLD)
_NO_SPOT = -1
_NEAR = SECTIONS.index(Section.NEAR)
_BY_DISTANCE_UP_TO = SECTIONS.index(Section.FURTHER)
_HIT_KINDS = len(ACCEPTS) * len(_FITS)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What orders hits beside place, rank and name.

    not_told: per row, whether a chosen facet is not told; None when none is chosen.
    inexact: per row, typed words not held letter for letter; None when no words count.
    """

    not_told: NDArray[np.uint8] | None
    inexact: NDArray[np.uint8] | None


@dataclass(frozen=True, slots=True)
class _Entries:
    """Hits to be, as columns: row, spot (or _NO_SPOT) and squared distance (or infinity)."""

    rows: Rows
    spots: Rows
    squared: Squared


class Hits:
    """Makes hits. Rows are in the order of rank, breadth and name, so a row's number is its place among equals."""

    def __init__(self, listings: Sequence[Listing], reach: Reach) -> None:
        self._ids = [listing.id for listing in listings]
        self._reach = reach
        self._locations = [spot.location_id for spot in reach.spots]
        # A hit at no place is the same in every search: made once, by row, accepts and fit.
        self._placeless: dict[int, Hit] = {}

    def of(self, alive: Flags, placement: Placement, ranking: Ranking) -> dict[Section, tuple[Hit, ...]]:
        """Each section's hits, in order. `alive`: rows that match and stand in some section."""
        rows = np.flatnonzero(alive)
        entries = None
        if placement.squared is not None and placement.near is not None:
            entries = self._at_places(rows, placement.codes, placement.squared, placement.near)
            rows = entries.rows
        codes = placement.codes[rows]
        sections = codes & SECTION_BITS
        order = _order(sections, entries, rows, ranking)
        kinds = rows * _HIT_KINDS + (codes >> ACCEPTS_SHIFT & len(ACCEPTS) - 1) * len(_FITS)
        if ranking.not_told is not None:
            kinds += ranking.not_told[rows]
        kinds = kinds[order]
        if entries is None:
            hits = [self._at_no_place(kind) for kind in kinds.tolist()]
        else:
            distances_km = np.sqrt(entries.squared[order]) / 1000
            hits = [
                self._at_no_place(kind) if spot == _NO_SPOT else self._at_spot(kind, spot, distance_km)
                for kind, spot, distance_km in zip(
                    kinds.tolist(), entries.spots[order].tolist(), distances_km.tolist(), strict=True
                )
            ]
        ends = np.cumsum(np.bincount(sections, minlength=len(SECTIONS))).tolist()
        starts = [0, *ends[:-1]]
        return {
            section: tuple(hits[start:end])
            for section, start, end in zip(SECTIONS, starts, ends, strict=True)
        }

    def _at_places(self, rows: Rows, codes: NDArray[np.uint8], squared: Squared, near: Flags) -> _Entries:
        """Rows shown at spots become one entry for each near spot in NEAR, else one at the nearest spot."""
        at_spots = (codes[rows] & AT_SPOTS_BIT) != 0
        placed = rows[at_spots]
        placeless = rows[~at_spots]
        counts = self._reach.spot_counts[placed]
        starts = np.cumsum(counts) - counts
        # Number of the listing among the placed ones, and the spot, for every spot of theirs.
        listing = np.repeat(np.arange(placed.size), counts)
        spots = np.arange(listing.size) + (self._reach.spot_starts[placed] - starts)[listing]
        # Of equally near spots the first, which has the lowest location id.
        nearest = np.lexsort((squared[spots], listing))[starts]
        kept = near[spots] & ((codes[placed] & SECTION_BITS) == _NEAR)[listing]
        kept[nearest] = True
        spots = spots[kept]
        return _Entries(
            np.concatenate([placeless, self._reach.spot_rows[spots]]),
            np.concatenate([np.full(placeless.size, _NO_SPOT), spots]),
            np.concatenate([np.full(placeless.size, np.inf), squared[spots]]),
        )

    def _at_no_place(self, kind: int) -> Hit:
        hit = self._placeless.get(kind)
        if hit is None:
            row, accepts, fit = _parts(kind)
            hit = self._placeless[kind] = Hit(self._ids[row], None, None, _FITS[fit], ACCEPTS[accepts])
        return hit

    def _at_spot(self, kind: int, spot: int, distance_km: float) -> Hit:
        row, accepts, fit = _parts(kind)
        # The centre of a square is no more exact than this.
        told_km = round(distance_km, 1)
        return Hit(self._ids[row], self._locations[spot], told_km, _FITS[fit], ACCEPTS[accepts])


def _order(sections: NDArray[np.integer], entries: _Entries | None, rows: Rows, ranking: Ranking) -> Rows:
    """By section, fit, distance (where it counts), words not held exactly, row, and spot."""
    keys: list[NDArray[np.generic]] = [rows] if entries is None else [entries.spots, rows]
    if ranking.inexact is not None:
        keys.append(ranking.inexact[rows])
    if entries is not None:
        keys.append(np.where(sections <= _BY_DISTANCE_UP_TO, entries.squared, 0))
    if ranking.not_told is not None:
        keys.append(ranking.not_told[rows])
    return np.lexsort((*keys, sections))


def _parts(kind: int) -> tuple[int, int, int]:
    """A kind's (row, position in ACCEPTS, position in _FITS)."""
    rest, fit = divmod(kind, len(_FITS))
    row, accepts = divmod(rest, len(ACCEPTS))
    return row, accepts, fit
