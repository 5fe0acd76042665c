"""Where people live: each authority's people spread over its inhabited squares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class DemandPoints:
    """Points at which people are taken to live, sorted by authority.

    authorities: codes. authority: for each point, the index of its authority, ascending.
    eastings_m, northings_m: British National Grid. share: of the authority's people, those who
      live here; the shares of an authority sum to 1.

    Assumed: an authority's people live where its postcodes are, as many to each postcode, and
    the people of every group live alike. The weakness: postcodes that have been withdrawn are
    counted too, so that a quarter that was cleared, or a large office, weighs too much.
    """

    authorities: tuple[str, ...]
    authority: Rows
    eastings_m: Floats
    northings_m: Floats
    share: Floats

    def __len__(self) -> int:
        return len(self.share)

    def of(self, authority: int) -> slice:
        """The points of an authority, by its index."""
        first, end = np.searchsorted(self.authority, (authority, authority + 1))
        return slice(int(first), int(end))


def spread(
    authorities: tuple[str, ...],
    authority: NDArray[Any],
    eastings_m: NDArray[Any],
    northings_m: NDArray[Any],
    postcodes: NDArray[Any],
) -> DemandPoints:
    """Points with each authority's people shared out by its postcodes there.

    authority: for each square, the index of its authority, in any order. postcodes: how many of that
    authority's lie in the square. An authority whose squares hold none has no points.
    """
    found = np.flatnonzero(postcodes > 0)
    found = found[np.argsort(authority[found], kind="stable")]
    numbers = authority[found].astype(np.intp)
    weights = postcodes[found].astype(np.float64)
    totals = np.bincount(numbers, weights, minlength=len(authorities))
    return DemandPoints(
        authorities,
        numbers,
        eastings_m[found].astype(np.float64),
        northings_m[found].astype(np.float64),
        weights / totals[numbers],
    )


def by_authority(people: Mapping[str, float], authorities: tuple[str, ...]) -> Floats:
    """{authority: people} as a column in the order of `authorities`. Raises KeyError for one left out."""
    return np.array([people[code] for code in authorities], dtype=np.float64)


def people_at(points: DemandPoints, people: Floats) -> Floats:
    """How many people live at each point. people: by authority, in the order of `points.authorities`."""
    at: Floats = people[points.authority] * points.share
    return at
