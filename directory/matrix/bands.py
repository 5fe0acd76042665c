"""How much a place counts at which distance: the bands of the catchment. From data/access_bands.csv.

A band is an assumption, not a fact: change the file, and every figure follows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.reference.files import DATA, BadDataFile, Row, read_rows
from directory.tables_of_day import of_the_tables

COLUMNS = ("limit_km", "weight", "source", "note")


@dataclass(frozen=True, slots=True)
class Band:
    """Up to `limit_km` (inclusive, a straight line) a place counts `weight` times, 0 to 1."""

    limit_km: float
    weight: float
    source: str
    note: str


def read_bands(path: Path) -> tuple[Band, ...]:
    """The bands, the nearest first.

    Raises BadDataFile, naming the line: for a limit or weight that is no number, limits that do not
    rise, a weight above 1 or above that of a nearer band, no source, or no band at all.
    """
    found: list[Band] = []
    for row in read_rows(path, COLUMNS):
        band = Band(_number(row, "limit_km"), _number(row, "weight"), row.needed("source"), row["note"])
        if band.limit_km > 2000:
            raise row.wrong("limit_km", "Nowhere in England and Wales is more than 2000 km from anywhere.")
        if band.weight > 1:
            raise row.wrong("weight", "The weight must be at most 1.")
        if found and band.limit_km <= found[-1].limit_km:
            raise row.wrong("limit_km", "The limits must rise from line to line.")
        if found and band.weight > found[-1].weight:
            raise row.wrong("weight", "A place further away must not count for more than a nearer one.")
        found.append(band)
    if not found:
        raise BadDataFile(path, 2, "limit_km", "", "There must be one band at least.")
    return tuple(found)


def as_pairs(bands: Sequence[Band]) -> tuple[tuple[float, float], ...]:
    """The bands as `catchment_scores` takes them: (upper limit in km, weight)."""
    return tuple((band.limit_km, band.weight) for band in bands)


def _number(row: Row, column: str) -> float:
    text = row.needed(column)
    try:
        number = float(text)
    except ValueError as cause:
        raise row.wrong(column, "This must be a number, such as 20 or 0.68.") from cause
    if not math.isfinite(number) or number <= 0:
        raise row.wrong(column, "This must be a number above 0.")
    return number


@of_the_tables
def access_bands() -> tuple[Band, ...]:
    """The bands in force, the nearest first."""
    return read_bands(DATA / "access_bands.csv")
