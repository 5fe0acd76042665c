"""The packed file of postcodes: how it is laid out, and opening it.

One file, so that replacing it is one atomic step:

    8 bytes   magic
    8 bytes   length of the header, little-endian
    header    JSON: stamp, source, rows, authorities, outward codes, sections
    sections  arrays one after another, each starting at a multiple of 64 bytes

Sections (little-endian; a row is one postcode, rows sorted by outward code, then inward):

    inward    uint16, 256 + digit * 676 + first letter * 26 + second letter: past 255, so that
              the section read as UTF-16 is a string in which every postcode is one character
    rows      easting and northing (int32, metres on the National Grid, or -1 for no grid
              reference) and authority (uint16, index into the header's `authorities`);
              side by side, so that one look at memory fetches all three
    cells     uint64, sorted: square and authority (see `cell_key`)
    counts    uint32, postcodes of that authority in that square

Twelve bytes a postcode. The file is mapped, not read: opening it takes a few
milliseconds and every worker process shares the same memory.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.errors import NotFound
from directory.geo.types import SQUARE_SIZES_KM, Square

MAGIC = b"SDPOST01"
ALIGNMENT = 64
NO_GRID_REFERENCE = -1
INWARD_FIRST = 256
ROW_FORMAT = "<iiH"
SECTION_TYPES: Mapping[str, np.dtype[Any]] = {
    "inward": np.dtype("<u2"),
    "rows": np.dtype([("easting", "<i4"), ("northing", "<i4"), ("authority", "<u2")]),
    "cells": np.dtype("<u8"),
    "counts": np.dtype("<u4"),
}


@dataclass(frozen=True, slots=True)
class PackedFile:
    """An opened packed file: its header and its arrays, which live in the file's own pages."""

    header: Mapping[str, Any]
    sections: Mapping[str, NDArray[Any]]
    mapped: mmap.mmap

    def offset(self, section: str) -> int:
        """Where a section starts in the file, in bytes."""
        return int(self.header["sections"][section][0])

    @property
    def stamp(self) -> str:
        """What it was made from and by which layout; equal stamps mean equal content."""
        return str(self.header["stamp"])


def cell_key(square: Square, authority: int) -> int:
    """One number for a square and an authority; keys of one square lie side by side when sorted."""
    size = SQUARE_SIZES_KM.index(square.size_km)
    return ((size * 4096 + square.east) * 4096 + square.north) * 4096 + authority


def inward_letters(number: int) -> str:
    """The inward code ('1QL') that is stored as this number."""
    number -= INWARD_FIRST
    return f"{number // 676}{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"


def read_header(path: Path) -> dict[str, Any]:
    """The header of a packed file.

    Raises NotFound when there is none, or it is cut short, or laid out otherwise.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
            if len(start) == 16 and start[:8] == MAGIC:
                header: dict[str, Any] = json.loads(file.read(int.from_bytes(start[8:], "little")))
                if path.stat().st_size == header["size_bytes"]:
                    return header
    except (OSError, ValueError, KeyError):
        pass
    raise NotFound(f"no whole store of postcodes at {path}: run `flask postcodes pack`")


def open_packed(path: Path) -> PackedFile:
    """Map the packed file at `path`. Raises NotFound as `read_header` does."""
    header = read_header(path)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    sections = {
        name: np.frombuffer(mapped, dtype=SECTION_TYPES[name], count=count, offset=offset)
        for name, (offset, count) in header["sections"].items()
    }
    return PackedFile(header, sections, mapped)
