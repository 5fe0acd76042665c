"""Sets of rows as bits: 64 rows to a word, so that 'and', 'or' and counting cost next to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint64]
"""A set of rows: uint64 words, shape (space.words,)."""
Planes = NDArray[np.uint64]
"""Several sets, one below the other: shape (sets, space.words)."""
Rows = NDArray[np.intp]
"""Row numbers, rising unless said otherwise."""
Flags = NDArray[np.bool_]
"""One true or false per row; may be padded with False to whole words."""


@dataclass(frozen=True, slots=True)
class RowSpace:
    """All the rows there are: makes masks of them and reads them back."""

    size: int

    @property
    def words(self) -> int:
        """uint64 words in a mask; at least one, so that an empty index needs no special case."""
        return max(1, -(-self.size // 64))

    def none(self) -> Mask:
        """The empty set."""
        return np.zeros(self.words, dtype=np.uint64)

    def all(self) -> Mask:
        """Every row, and no bit beyond the last."""
        flags = np.zeros(self.words * 64, dtype=np.bool_)
        flags[: self.size] = True
        return pack(flags)

    def mask(self, rows: Sequence[int] | Rows) -> Mask:
        """The set of these rows, given in any order and as often as you like."""
        flags = np.zeros(self.words * 64, dtype=np.bool_)
        flags[np.asarray(rows, dtype=np.intp)] = True
        return pack(flags)

    def planes(self, sets: Iterable[Sequence[int] | Rows]) -> Planes:
        """One mask for each set of rows."""
        masks = [self.mask(rows) for rows in sets]
        return np.stack(masks) if masks else np.zeros((0, self.words), dtype=np.uint64)


def pack(flags: Flags) -> Mask:
    """Flags, padded to whole words, as a mask."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def unpack(mask: Mask | Planes) -> Flags:
    """A mask as flags, padded to whole words; of planes, one row of flags for each."""
    return np.unpackbits(mask.view(np.uint8), axis=-1, bitorder="little").view(np.bool_)


def count(mask: Mask) -> int:
    """How many rows are in the set."""
    return int(np.bitwise_count(mask).sum())


def counts(planes: Planes) -> list[int]:
    """How many rows are in each plane."""
    ones: list[int] = np.add.reduce(np.bitwise_count(planes), axis=1, dtype=np.int64).tolist()
    return ones
