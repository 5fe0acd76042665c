"""Who takes people from an area, and from how far: each listing's section, and its places' distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.geo.types import Point, SearchArea
from directory.search.bits import Flags, Rows, RowSpace, unpack
from directory.search.limits import NEAR_KM
from directory.search.sections import WITH_SQUARE, WITHOUT_AREA, WITHOUT_SQUARE, Traits
from directory.search.types import Listing, Spot

NATIONS = {"E": "E92000001", "W": "W92000004"}
"""First letter of an authority's code → its nation."""

_COVERS_SOME = 1 << Traits._fields.index("covers_some")
_COVERS_ALL = 1 << Traits._fields.index("covers_all")
_HAS_NEAR_SPOT = 1 << Traits._fields.index("has_near_spot")

Squared = NDArray[np.float64]
"""Squared distances in m²: whole numbers, exact in a float, so that ties are true ties."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where every listing stands for one area.

    codes: per row a byte as in sections.Table. squared and near: for each spot its
      squared distance and whether it is within NEAR_KM; None without a square.
    """

    codes: NDArray[np.uint8]
    squared: Squared | None = None
    near: Flags | None = None


class Reach:
    """Coverage as sets of rows, spots as columns of grid references."""

    def __init__(self, listings: Sequence[Listing], space: RowSpace) -> None:
        self._space = space
        self._nobody = space.none()
        self._authorities = _sets(space, (listing.authorities for listing in listings))
        self._nations = _sets(space, (listing.nations for listing in listings))
        self._whole_authorities = _sets(space, (each.authorities - each.partly for each in listings))
        self._whole_nations = _sets(space, (each.nations - each.partly for each in listings))
        self._traits = np.zeros(space.words * 64, dtype=np.uint16)
        self._traits[: space.size] = [_lasting_traits(listing) for listing in listings]

        # Spots in the order of rows, and of location ids within a row: a spot's position settles ties.
        placed = [(row, spot) for row, listing in enumerate(listings) for spot in _in_order(listing.spots)]
        self.spots: tuple[Spot, ...] = tuple(spot for _row, spot in placed)
        self.spot_rows: Rows = np.array([row for row, _spot in placed], dtype=np.intp)
        self.spot_counts: Rows = np.array([len(listing.spots) for listing in listings], dtype=np.intp)
        self.spot_starts: Rows = np.cumsum(self.spot_counts) - self.spot_counts
        self._eastings_m = np.array([spot.point.easting_m for spot in self.spots], dtype=np.float64)
        self._northings_m = np.array([spot.point.northing_m for spot in self.spots], dtype=np.float64)

    def place(self, area: SearchArea | None) -> Placement:
        """Every listing's section for this area."""
        if area is None or not area.authorities:
            return Placement(WITHOUT_AREA[self._traits])
        traits = self._traits | self._covering(area.authorities)
        if area.square is None:
            return Placement(WITHOUT_SQUARE[traits])
        squared = self._squared(area.square.centre)
        near = squared <= (NEAR_KM * 1000) ** 2
        traits[self.spot_rows[near]] |= _HAS_NEAR_SPOT
        return Placement(WITH_SQUARE[traits], squared, near)

    def _covering(self, authorities: Sequence[str]) -> NDArray[np.uint16]:
        """Per row, the traits 'covers some' and 'covers all' of these authorities."""
        covering = []
        wholly = []
        for code in authorities:
            nation = NATIONS.get(code[:1], "")
            covering.append(
                self._authorities.get(code, self._nobody) | self._nations.get(nation, self._nobody)
            )
            wholly.append(
                self._whole_authorities.get(code, self._nobody)
                | self._whole_nations.get(nation, self._nobody)
            )
        some = unpack(np.bitwise_or.reduce(covering)) * np.uint16(_COVERS_SOME)
        every = unpack(np.bitwise_and.reduce(wholly)) * np.uint16(_COVERS_ALL)
        return some | every

    def _squared(self, centre: Point) -> Squared:
        east_m = self._eastings_m - centre.easting_m
        north_m = self._northings_m - centre.northing_m
        squared: Squared = east_m * east_m + north_m * north_m
        return squared


def _lasting_traits(listing: Listing) -> int:
    """What is the same in every search, as bits in the order of Traits."""
    return (
        listing.reachable
        | listing.remote << 1
        | bool(listing.nations) << 2
        | bool(listing.authorities) << 3
        | bool(listing.spots) << 4
    )


def _in_order(spots: Iterable[Spot]) -> list[Spot]:
    return sorted(spots, key=lambda spot: spot.location_id)


def _sets(space: RowSpace, values_by_row: Iterable[Iterable[str]]) -> dict[str, NDArray[np.uint64]]:
    rows: dict[str, list[int]] = {}
    for row, values in enumerate(values_by_row):
        for value in values:
            rows.setdefault(value, []).append(row)
    return {value: space.mask(found) for value, found in rows.items()}
