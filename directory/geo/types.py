"""The shapes that geo hands out: points, squares, and the area a search is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.errors import RuleBroken

SQUARE_SIZES_KM = (1, 2, 5, 10)
# As many as London's boroughs with the City; the largest county has 12 districts.
AUTHORITIES_MAX = 33

_AT_CODE = re.compile(
    r"(?:(?P<size>10|1|2|5)-(?P<east>[0-9]{1,3})-(?P<north>[0-9]{1,4})\.)?"
    rf"(?P<authorities>[EW][0-9]{{8}}(?:,[EW][0-9]{{8}}){{0,{AUTHORITIES_MAX - 1}}})"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the British National Grid, in metres."""

    easting_m: int
    northing_m: int


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the National Grid: `east` and `north` count whole squares from the origin."""

    size_km: int
    east: int
    north: int

    @property
    def centre(self) -> Point:
        """The middle of the square, from which distances are measured."""
        side_m = self.size_km * 1000
        return Point(self.east * side_m + side_m // 2, self.north * side_m + side_m // 2)


@dataclass(frozen=True, slots=True)
class SearchArea:
    """Where a search is about: a square (or none) and the authorities it may lie in (LAD codes).

    For a postcode never finer than a square that holds at least 50 postcodes of its authority,
    so that the address of a results page cannot point at a home.
    """

    square: Square | None
    authorities: tuple[str, ...]

    @property
    def code(self) -> str:
        """The short code that stands in an address: '1-519-298.E06000031'."""
        names = ",".join(self.authorities)
        if self.square is None:
            return names
        return f"{self.square.size_km}-{self.square.east}-{self.square.north}.{names}"

    @classmethod
    def from_code(cls, code: str) -> SearchArea:
        """The area behind a code. Raises RuleBroken('at') when it is not one of ours.

        Whether square and authority really meet is for Squares.holds() to say.
        """
        match = _AT_CODE.fullmatch(code)
        if match is None:
            raise RuleBroken("at", "This address does not say a place we know.")
        authorities = tuple(match["authorities"].split(","))
        if match["size"] is None:
            return cls(None, authorities)
        square = Square(int(match["size"]), int(match["east"]), int(match["north"]))
        return cls(square, authorities)
