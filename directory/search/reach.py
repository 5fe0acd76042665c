"""Who takes people from an area, and from how far: puts every listing in one section of the results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.geo.types import Point, SearchArea
from directory.search.bits import Flags, Mask, Planes, Rows, RowSpace, pack, unpack
from directory.search.limits import NEAR_KM
from directory.search.types import Listing, Spot

NATIONS = {"E": "E92000001", "W": "W92000004"}
"""First letter of an authority's code → its nation."""

ACCEPTS = ("yes", "part", "no", "not-known")
"""The words of Hit.accepts; elsewhere a position in this tuple."""

Squared = NDArray[np.float64]
"""Squared distance in m²: whole numbers, exact in a float, so that ties are true ties."""


@dataclass(frozen=True, slots=True)
class Distances:
    """How far every spot is from the searched square's centre, and which rows are shown at spots."""

    squared: Squared
    near: Flags
    shown_at_spots: Flags


@dataclass(frozen=True, slots=True)
class Placement:
    """Where every listing stands for one area.

    sections: one set of rows for each Section, in their order. counted: the rows
      whose section counts as support that can be had.
    accepts: per row, a position in ACCEPTS. distances: None without a square.
    """

    sections: Planes
    counted: Mask
    accepts: NDArray[np.uint8]
    distances: Distances | None = None


class Reach:
    """Coverage as sets of rows, spots as columns of grid references."""

    def __init__(self, listings: Sequence[Listing], space: RowSpace) -> None:
        self._space = space
        self._authorities = _sets(space, (listing.authorities for listing in listings))
        self._nations = _sets(space, (listing.nations for listing in listings))
        whole_nation = _those(space, (bool(listing.nations) for listing in listings))
        local = _those(space, (bool(listing.authorities) and not listing.nations for listing in listings))
        self._local = local
        self._coverage_known = whole_nation | local
        self._partial = _those(space, (listing.coverage_is_partial for listing in listings))
        self._reachable = _those(space, (listing.reachable for listing in listings))
        self._from_anywhere = whole_nation & _those(space, (listing.remote for listing in listings))
        self._unreachable = space.all() & ~self._reachable
        self._has_spots = _those(space, (bool(listing.spots) for listing in listings))
        self._local_without_spots = local & ~self._has_spots

        # Spots in the order of rows, and of location ids within a row: a spot's position settles ties.
        placed = [(row, spot) for row, listing in enumerate(listings) for spot in _in_order(listing.spots)]
        self.spots: tuple[Spot, ...] = tuple(spot for _row, spot in placed)
        self.spot_rows: Rows = np.array([row for row, _spot in placed], dtype=np.intp)
        self.spot_counts: Rows = np.array([len(listing.spots) for listing in listings], dtype=np.intp)
        self.spot_starts: Rows = np.cumsum(self.spot_counts) - self.spot_counts
        self._eastings_m = np.array([spot.point.easting_m for spot in self.spots], dtype=np.float64)
        self._northings_m = np.array([spot.point.northing_m for spot in self.spots], dtype=np.float64)

    def place(self, area: SearchArea | None) -> Placement:
        """Every listing's section for this area; listings in none of the sections are left out."""
        if area is None:
            return self._without_area()
        yes, part, no = self._accepts(area.authorities)
        # 3 is 'not-known'; the three sets do not meet.
        flags = unpack(np.stack([yes, part, no])).view(np.uint8)
        codes = 3 - 3 * flags[0] - 2 * flags[1] - flags[2]
        accepted = self._reachable & ~no
        unreachable = self._unreachable & ~no
        anywhere = accepted & self._from_anywhere
        if area.square is None:
            local = accepted & self._local
            further = accepted & ~local & ~anywhere
            return _placement(local, further, anywhere, self._space.none(), unreachable, codes)
        squared = self._squared(area.square.centre)
        near_spots = squared <= (NEAR_KM * 1000) ** 2
        near_rows = self._space.mask(self.spot_rows[near_spots])
        # A local service that shows no place is near; one whose places are all beyond reach is not.
        near = accepted & (near_rows | self._local_without_spots)
        anywhere &= ~near
        shown_at_spots = unpack(self._has_spots & ~anywhere & ~unreachable)
        return _placement(
            near,
            accepted & ~near & ~anywhere,
            anywhere,
            self._reachable & no & near_rows,
            unreachable,
            codes,
            Distances(squared, near_spots, shown_at_spots),
        )

    def _without_area(self) -> Placement:
        none = self._space.none()
        anywhere = self._reachable & self._from_anywhere
        further = self._reachable & ~self._from_anywhere
        codes = np.full(none.size * 64, ACCEPTS.index("not-known"), dtype=np.uint8)
        return _placement(none, further, anywhere, none, self._unreachable, codes)

    def _accepts(self, authorities: Sequence[str]) -> tuple[Mask, Mask, Mask]:
        """(yes, part, no) as sets that do not meet; the rows in none of them are not known."""
        none = self._space.none()
        if not authorities:
            return none, none, none
        covering = [
            self._authorities.get(code, none) | self._nations.get(NATIONS.get(code[:1], ""), none)
            for code in authorities
        ]
        every: Mask = np.bitwise_and.reduce(covering)
        some: Mask = np.bitwise_or.reduce(covering)
        yes = every & ~self._partial
        return yes, some & ~yes, self._coverage_known & ~some

    def _squared(self, centre: Point) -> Squared:
        east_m = self._eastings_m - centre.easting_m
        north_m = self._northings_m - centre.northing_m
        squared: Squared = east_m * east_m + north_m * north_m
        return squared


def _placement(
    near: Mask,
    further: Mask,
    anywhere: Mask,
    not_for_area: Mask,
    unreachable: Mask,
    accepts: NDArray[np.uint8],
    distances: Distances | None = None,
) -> Placement:
    sections = np.stack([near, further, anywhere, not_for_area, unreachable])
    return Placement(sections, near | further | anywhere, accepts, distances)


def _in_order(spots: Iterable[Spot]) -> list[Spot]:
    return sorted(spots, key=lambda spot: spot.location_id)


def _sets(space: RowSpace, values_by_row: Iterable[Iterable[str]]) -> dict[str, Mask]:
    rows: dict[str, list[int]] = {}
    for row, values in enumerate(values_by_row):
        for value in values:
            rows.setdefault(value, []).append(row)
    return {value: space.mask(found) for value, found in rows.items()}


def _those(space: RowSpace, flags_by_row: Iterable[bool]) -> Mask:
    flags = np.zeros(space.words * 64, dtype=np.bool_)
    flags[: space.size] = np.fromiter(flags_by_row, dtype=np.bool_, count=space.size)
    return pack(flags)
