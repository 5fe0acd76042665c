"""Finds postcodes, outward codes and parts of postcodes in the packed store.

A row says where a postcode is or was: the source does not tell which ones have
been withdrawn, so nothing here means that a postcode is in use today.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from struct import Struct
from typing import NamedTuple

import numpy as np

from directory.geo.nations import Nation, nation_of_authority, nation_of_postcode_area
from directory.geo.packed import INWARD_FIRST, NO_GRID_REFERENCE, ROW_FORMAT, PackedFile, open_packed
from directory.geo.types import Point

_read_row = Struct(ROW_FORMAT).unpack_from
_ROW_BYTES = Struct(ROW_FORMAT).size
# What an inward code is stored under, as a number and as a character.
_INWARD_NUMBERS = {
    "".join(letters): number
    for number, letters in enumerate(product("0123456789", ascii_uppercase, ascii_uppercase), INWARD_FIRST)
}
_INWARD_CHARACTERS = {letters: chr(number) for letters, number in _INWARD_NUMBERS.items()}


class PostcodeRow(NamedTuple):
    """What is held of one postcode: metres on the National Grid, in Northern Ireland too; whose it is."""

    easting_m: int
    northing_m: int
    authority: str | None
    nation: Nation | None

    @property
    def point(self) -> Point | None:
        """Its place, or None for a postcode without a grid reference."""
        if self.easting_m == NO_GRID_REFERENCE:
            return None
        return Point(self.easting_m, self.northing_m)


# Half the time of calling the class.
_new_row = tuple.__new__


@dataclass(frozen=True, slots=True)
class Outward:
    """What is held of every postcode that starts alike ('PE28', 'PE28 9', 'PE28 9A').

    `authorities` are those of England and Wales, the one with most postcodes first, and
    `centre` is the median of their postcodes. `share_ours` (0 to 1) is the share of the
    postcodes with a known nation that lie in England or Wales.
    """

    code: str
    centre: Point | None
    authorities: tuple[str, ...]
    postcodes: int
    share_ours: float
    nation: Nation | None


class PostcodeStore:
    """An opened packed store. Cheap to open, shared between processes, safe between threads."""

    def __init__(self, packed: PackedFile) -> None:
        header, sections = packed.header, packed.sections
        self.packed = packed
        self._ranges = _ranges(header["outwards"], header["starts"])
        self._rows = sections["rows"]
        self._inward = sections["inward"].data
        # The same as one long string, a character a postcode: to look for a character among the thousand
        # or so of an outward code is one pass in C, and takes half the time that bisecting does.
        self._inward_characters = str(self._inward.cast("B"), "utf-16-le")
        self._file = packed.mapped
        self._rows_offset = packed.offset("rows")
        self._authorities: list[str | None] = [code or None for code in header["authorities"]]
        self._nations = [nation_of_authority(code) for code in header["authorities"]]
        self._is_ours = np.array([nation in ("england", "wales") for nation in self._nations])

    @classmethod
    def open(cls, path: Path) -> PostcodeStore:
        """The store packed at `path`. Raises NotFound when there is none that this version can read."""
        return cls(open_packed(path))

    def __len__(self) -> int:
        return len(self._inward)

    def find(self, postcode: str) -> PostcodeRow | None:
        """The row of a whole postcode, in any case and spacing, or None."""
        compact = postcode.replace(" ", "").upper()
        span = self._ranges.get(compact[:-3])
        inward = _INWARD_CHARACTERS.get(compact[-3:])
        if span is None or inward is None:
            return None
        place = self._inward_characters.find(inward, *span)
        if place < 0:
            return None
        easting_m, northing_m, number = _read_row(self._file, self._rows_offset + _ROW_BYTES * place)
        nation = self._nations[number] or nation_of_postcode_area(compact)
        return _new_row(PostcodeRow, (easting_m, northing_m, self._authorities[number], nation))

    def has_outward(self, code: str) -> bool:
        """Whether any postcode starts with exactly this outward code, in capitals."""
        return code in self._ranges

    def outward(self, code: str) -> Outward | None:
        """Everything under an outward code ('PE28'), or None."""
        span = self._ranges.get(code.strip().upper())
        return None if span is None else self._summary(code.strip().upper(), *span)

    def partial(self, outward: str, start: str) -> Outward | None:
        """Everything under an outward code and the first one or two characters after it ('PE28', '9')."""
        outward, start = outward.strip().upper(), start.strip().upper()
        span = self._ranges.get(outward)
        if span is None or len(start) not in (1, 2):
            return None
        low, high = _INWARD_NUMBERS.get((start + "AA")[:3]), _INWARD_NUMBERS.get((start + "ZZ")[:3])
        if low is None or high is None:
            return None
        first = bisect_left(self._inward, low, *span)
        end = bisect_left(self._inward, high + 1, *span)
        return None if first == end else self._summary(f"{outward} {start}", first, end)

    def _summary(self, code: str, first: int, end: int) -> Outward:
        rows = self._rows[first:end]
        numbers = rows["authority"]
        found, counts = np.unique(numbers, return_counts=True)
        by_count = sorted(
            zip(counts.tolist(), found.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1])
        )
        known = [(count, number) for count, number in by_count if self._nations[number] is not None]
        ours = [(count, number) for count, number in known if self._is_ours[number]]
        total = sum(count for count, _ in known)
        mine = self._is_ours[numbers] & (rows["easting"] != NO_GRID_REFERENCE)
        centre = None
        if mine.any():
            centre = Point(
                round(float(np.median(rows["easting"][mine]))),
                round(float(np.median(rows["northing"][mine]))),
            )
        return Outward(
            code=code,
            centre=centre,
            authorities=tuple(self._authorities[number] or "" for _, number in ours),
            postcodes=end - first,
            share_ours=sum(count for count, _ in ours) / total if total else 0.0,
            nation=self._nations[known[0][1]] if known else nation_of_postcode_area(code),
        )


def _ranges(codes: list[str], starts: list[int]) -> dict[str, tuple[int, int]]:
    """The rows of each code, from the first to before the last."""
    return {code: (starts[place], starts[place + 1]) for place, code in enumerate(codes)}
