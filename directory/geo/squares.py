"""The grid squares a search may be about: none so small that it points at a home."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from directory.geo.packed import PackedFile, cell_key
from directory.geo.types import SQUARE_SIZES_KM, Point, Square

POSTCODES_MIN = 50
# Twelve bits each for east, north and authority in a cell's key.
_MOST = 4095


def square_around(point: Point, size_km: int) -> Square:
    """The square of that size in which the point lies."""
    return Square(size_km, point.easting_m // (size_km * 1000), point.northing_m // (size_km * 1000))


class Squares:
    """How many postcodes of each authority lie in each square of 1, 2, 5 and 10 km."""

    def __init__(self, packed: PackedFile) -> None:
        self._authorities: list[str] = packed.header["authorities"]
        self._number = {code: number for number, code in enumerate(self._authorities) if code}
        self._cells = packed.sections["cells"].data
        self._counts = packed.sections["counts"].data

    def count(self, square: Square, authority: str) -> int:
        """How many postcodes of the authority (LAD code) lie in the square; 0 for what is not there."""
        number = self._number.get(authority)
        if number is None or not _is_on_grid(square):
            return 0
        key = cell_key(square, number)
        place = bisect_left(self._cells, key)
        return int(self._counts[place]) if place < len(self._cells) and self._cells[place] == key else 0

    def counts(self, square: Square) -> Mapping[str, int]:
        """Every authority of England and Wales with postcodes in the square, and how many."""
        if not _is_on_grid(square):
            return {}
        first = bisect_left(self._cells, cell_key(square, 0))
        end = bisect_left(self._cells, cell_key(square, _MOST + 1))
        return {
            self._authorities[self._cells[place] & _MOST]: int(self._counts[place])
            for place in range(first, end)
        }

    def smallest(self, point: Point, authority: str, *, at_least_km: int = 1) -> Square | None:
        """The smallest square around the point that holds 50 postcodes of the authority.

        None when not even 10 km does: then the authority alone has to say where.
        """
        for size_km in SQUARE_SIZES_KM:
            square = square_around(point, size_km)
            if size_km >= at_least_km and self.count(square, authority) >= POSTCODES_MIN:
                return square
        return None

    def holds(self, square: Square, authority: str) -> bool:
        """Whether square and authority meet: whether any postcode of the authority lies in the square."""
        return self.count(square, authority) > 0


def _is_on_grid(square: Square) -> bool:
    within = 0 <= square.east <= _MOST and 0 <= square.north <= _MOST
    return within and square.size_km in SQUARE_SIZES_KM
