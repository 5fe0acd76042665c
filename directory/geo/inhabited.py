"""The inhabited squares of England and Wales: where postcodes are, by square kilometre and authority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.geo.areas import areas
from directory.geo.packed import PackedFile

# As in packed.cell_key: twelve bits each for east, north and authority, and the size above them.
_BITS = np.uint64(12)
_MOST = np.uint64(4095)
_SIDE_M = 1000


@dataclass(frozen=True, slots=True, eq=False)
class InhabitedSquares:
    """Squares of 1 km of the National Grid that hold a postcode, one entry for each authority in them.

    authorities: LAD codes, in the order of `areas()`. authority: index into them, ascending.
    eastings_m, northings_m: the middle of the square. postcodes: how many of that authority lie
      in it, withdrawn ones included, for the source does not tell them apart.
    """

    authorities: tuple[str, ...]
    authority: NDArray[np.intp]
    eastings_m: NDArray[np.float64]
    northings_m: NDArray[np.float64]
    postcodes: NDArray[np.int64]


def inhabited_squares(packed: PackedFile) -> InhabitedSquares:
    """All of them, sorted by authority. Takes some 20 ms: the packed file has them counted."""
    cells = packed.sections["cells"]
    # Squares of 1 km are the first size, so their keys are the smallest.
    count = int(np.searchsorted(cells, np.uint64(1) << np.uint64(36)))
    keys = cells[:count]
    codes = tuple(areas())
    numbers = _numbers(packed.header["authorities"], codes)[(keys & _MOST).astype(np.intp)]
    order = np.argsort(numbers, kind="stable")
    keys = keys[order]
    return InhabitedSquares(
        codes,
        numbers[order],
        _middle((keys >> (_BITS + _BITS)) & _MOST),
        _middle((keys >> _BITS) & _MOST),
        packed.sections["counts"][:count][order].astype(np.int64),
    )


def _numbers(packed_codes: list[str], codes: tuple[str, ...]) -> NDArray[np.intp]:
    """For each authority of the packed file, its number among ours; -1 for those that have no squares."""
    ours = {code: number for number, code in enumerate(codes)}
    return np.array([ours.get(code, -1) for code in packed_codes], dtype=np.intp)


def _middle(squares: NDArray[Any]) -> NDArray[np.float64]:
    return squares.astype(np.float64) * _SIDE_M + _SIDE_M / 2
