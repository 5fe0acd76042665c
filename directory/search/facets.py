"""What listings say of themselves, facet by facet, as sets of rows; and how a choice is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from directory.search.bits import Mask, Planes, RowSpace
from directory.search.types import Facet, Listing


class Answer(NamedTuple):
    """How the rows answer one choice: known to fit; not dropped (known to fit, or not told)."""

    yes: Mask
    passes: Mask


@dataclass(frozen=True, slots=True)
class Column:
    """One facet over all rows.

    values: the values anybody has, or possibly has, sorted; `known` and `maybe` hold
      a set of rows for each of them, in that order.
    told: the rows that said anything at all of this facet.
    """

    values: tuple[str, ...]
    known: Planes
    maybe: Planes
    told: Mask

    def answer(self, chosen: Iterable[str]) -> Answer:
        """Any of the chosen values will do; values nobody has are met by nobody."""
        positions = [position for position, value in enumerate(self.values) if value in chosen]
        yes: Mask = np.bitwise_or.reduce(self.known[positions], axis=0)
        perhaps: Mask = np.bitwise_or.reduce(self.maybe[positions], axis=0)
        return Answer(yes, yes | perhaps | ~self.told)


@dataclass(frozen=True, slots=True)
class Columns:
    """Every facet of the listings.

    known: one block of planes, of which each column sees its part.
    spans: (facet, its values, where they start in `known`, where they end).
    """

    known: Planes
    spans: tuple[tuple[Facet, tuple[str, ...], int, int], ...]
    by_facet: Mapping[Facet, Column]

    @classmethod
    def build(cls, listings: Sequence[Listing], space: RowSpace) -> Columns:
        """`listings` in row order. OPEN_NOW is left out: it follows from the hours."""
        facets = [facet for facet in Facet if facet is not Facet.OPEN_NOW]
        read = {facet: _read(listings, facet) for facet in facets}
        known = space.planes(rows for _told, by_value, _maybe in read.values() for rows in by_value.values())
        spans = []
        columns: dict[Facet, Column] = {}
        start = 0
        for facet, (told, by_value, maybe) in read.items():
            values, end = tuple(by_value), start + len(by_value)
            spans.append((facet, values, start, end))
            possible = space.planes(maybe.values())
            columns[facet] = Column(values, known[start:end], possible, space.mask(told))
            start = end
        return cls(known, tuple(spans), columns)


_Read = tuple[list[int], dict[str, list[int]], dict[str, list[int]]]


def _read(listings: Sequence[Listing], facet: Facet) -> _Read:
    """(rows that told, value → rows that have it, value → rows that possibly have it), values sorted."""
    told: list[int] = []
    known: dict[frozenset[str], list[int]] = {}
    maybe: dict[frozenset[str], list[int]] = {}
    # Few different sets stand in many listings: rows are gathered by set first, by value after.
    for row, listing in enumerate(listings):
        if (values := listing.facets.get(facet)) is not None:
            told.append(row)
            known.setdefault(values, []).append(row)
        if listing.maybe and (possible := listing.maybe.get(facet)):
            maybe.setdefault(possible, []).append(row)
    names = sorted({value for values in (*known, *maybe) for value in values})
    return told, _by_value(names, known), _by_value(names, maybe)


def _by_value(names: Sequence[str], by_set: Mapping[frozenset[str], list[int]]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {name: [] for name in names}
    for values, found in by_set.items():
        for value in values:
            rows[value].extend(found)
    return rows
