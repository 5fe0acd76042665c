"""Builds small files of the shape that the postcode package holds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import brotli
import msgpack

Row = tuple[str, str | None, float | None, float | None]


def write_source(folder: Path, rows: Iterable[Row]) -> Path:
    """One file for each first letter; a row is postcode (seven characters), authority, easting, northing."""
    folder.mkdir(parents=True, exist_ok=True)
    by_letter: dict[str, list[Row]] = {}
    for row in rows:
        by_letter.setdefault(row[0][0], []).append(row)
    for letter, group in by_letter.items():
        data = {
            "pcd": [row[0] for row in group],
            "laua": [math.nan if row[1] is None else row[1] for row in group],
            "oseast1m": [math.nan if row[2] is None else row[2] for row in group],
            "osnrth1m": [math.nan if row[3] is None else row[3] for row in group],
        }
        text = msgpack.packb({"columns": list(data), "data": data})
        (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(text))
    return folder
