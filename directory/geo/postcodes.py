"""Finds postcodes, outward codes and parts of postcodes in the packed store.

A row says where a postcode is or was: the source does not tell which ones have
been withdrawn, so nothing here means that a postcode is in use today.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from directory.geo.grid import from_wgs84, irish_to_wgs84
from directory.geo.nations import Nation, nation_of_authority, nation_of_postcode_area
from directory.geo.packed import NO_GRID_REFERENCE, PackedFile, open_packed
from directory.geo.types import Point


class PostcodeRow(NamedTuple):
    """What is held of one postcode. The point is always on the National Grid, in Northern Ireland too."""

    point: Point | None
    authority: str | None
    nation: Nation | None


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
        starts: list[int] = header["starts"]
        self._ranges = {
            code: (starts[place], starts[place + 1]) for place, code in enumerate(header["outwards"])
        }
        self._arrays = sections
        # Reading one item of a memoryview takes a third of the time it takes from an array.
        self._inward = sections["inward"].data
        self._easting = sections["easting"].data
        self._northing = sections["northing"].data
        self._authority = sections["authority"].data
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
        if span is None:
            return None
        inward = _inward_number(compact[-3:])
        if inward < 0:
            return None
        place = bisect_left(self._inward, inward, span[0], span[1])
        if place == span[1] or self._inward[place] != inward:
            return None
        number = self._authority[place]
        nation = self._nations[number]
        easting_m = self._easting[place]
        if easting_m == NO_GRID_REFERENCE:
            point = None
        elif nation == "northern-ireland":
            point = from_wgs84(*irish_to_wgs84(easting_m, self._northing[place]))
        else:
            point = Point(easting_m, self._northing[place])
        return PostcodeRow(point, self._authorities[number], nation or nation_of_postcode_area(compact))

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
        low, high = _inward_number((start + "AA")[:3]), _inward_number((start + "ZZ")[:3])
        if low < 0 or high < 0:
            return None
        first = bisect_left(self._inward, low, *span)
        end = bisect_left(self._inward, high + 1, *span)
        return None if first == end else self._summary(f"{outward} {start}", first, end)

    def _summary(self, code: str, first: int, end: int) -> Outward:
        numbers = self._arrays["authority"][first:end]
        found, counts = np.unique(numbers, return_counts=True)
        by_count = sorted(
            zip(counts.tolist(), found.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1])
        )
        known = [(count, number) for count, number in by_count if self._nations[number] is not None]
        ours = [(count, number) for count, number in known if self._is_ours[number]]
        total = sum(count for count, _ in known)
        mine = self._is_ours[numbers] & (self._arrays["easting"][first:end] != NO_GRID_REFERENCE)
        centre = None
        if mine.any():
            centre = Point(
                round(float(np.median(self._arrays["easting"][first:end][mine]))),
                round(float(np.median(self._arrays["northing"][first:end][mine]))),
            )
        return Outward(
            code=code,
            centre=centre,
            authorities=tuple(self._authorities[number] or "" for _, number in ours),
            postcodes=end - first,
            share_ours=sum(count for count, _ in ours) / total if total else 0.0,
            nation=self._nations[known[0][1]] if known else nation_of_postcode_area(code),
        )


def _inward_number(inward: str) -> int:
    """The number an inward code is stored under, or -1 when it is not a digit and two letters."""
    if len(inward) != 3:
        return -1
    digit, first, second = ord(inward[0]) - 48, ord(inward[1]) - 65, ord(inward[2]) - 65
    if 0 <= digit <= 9 and 0 <= first <= 25 and 0 <= second <= 25:
        return digit * 676 + first * 26 + second
    return -1
