"""The search as one would first write it: a loop over dataclasses. What the index is measured against.

Same sections, totals and counts as the index (for searches without words), so
that the comparison is of equal work. Words are looked for with rapidfuzz in the
names alone, which is less than the index does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from directory.geo.types import Point
from directory.search.limits import NEAR_KM
from directory.search.reach import NATIONS
from directory.search.types import Facet, Listing, Query, Section

COUNTED = (Section.NEAR, Section.FURTHER, Section.ANYWHERE)
Distance = Callable[[Point, Point], float]


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """Section → ids in order; number of services that count; facet → value → how many."""

    ids: Mapping[Section, list[int]]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]


class PlainSearch:
    """No index: every listing is looked at in every search."""

    def __init__(
        self, listings: list[Listing], distance_km: Distance, open_now: Mapping[str, bool | None]
    ) -> None:
        self._listings = listings
        self._distance_km = distance_km
        self._open_now = open_now

    def search(self, query: Query) -> PlainAnswer:
        found: dict[Section, list[tuple[bool, float, str, int]]] = {section: [] for section in Section}
        counts: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
        total = 0
        for listing in self._listings:
            if query.text and fuzz.partial_ratio(query.text, listing.name) < 85:
                continue
            section, km = self._stand(listing, query)
            if section is None:
                continue
            facets = dict(listing.facets)
            states = {self._open_now[expression] for expression in listing.hours}
            if states:
                facets[Facet.OPEN_NOW] = frozenset({"yes" if True in states else "no"})
            fits = {
                facet: self._fit(listing, facets, facet, values) for facet, values in query.chosen.items()
            }
            no = [facet for facet, fit in fits.items() if fit is None]
            if section in COUNTED and len(no) < 2:
                for facet in no or facets:
                    counts[facet].update(facets.get(facet, ()))
            if not no:
                total += section in COUNTED
                far = km if section in (Section.NEAR, Section.FURTHER) else 0.0
                key = (False in fits.values(), far, listing.name.casefold(), listing.id)
                found[section].append(key)
        ids = {section: [key[-1] for key in sorted(keys)] for section, keys in found.items()}
        return PlainAnswer(ids, total, counts)

    def _fit(
        self, listing: Listing, facets: Mapping[Facet, frozenset[str]], facet: Facet, values: frozenset[str]
    ) -> bool | None:
        """True: known to fit; False: has not told us; None: does not."""
        if facet in facets and facets[facet] & values:
            return True
        return False if facet not in facets or listing.maybe.get(facet, frozenset()) & values else None

    def _stand(self, listing: Listing, query: Query) -> tuple[Section | None, float]:
        """The section, and the distance in km of its nearest place ('inf' without one)."""
        anywhere = listing.remote and bool(listing.nations)
        nowhere = float("inf")
        if query.area is None or query.area.square is None:
            if not listing.reachable:
                return Section.UNREACHABLE, nowhere
            return (Section.ANYWHERE if anywhere else Section.FURTHER), nowhere
        taken = all(
            code in listing.authorities or NATIONS[code[0]] in listing.nations
            for code in query.area.authorities
        )
        if not listing.reachable:
            return (Section.UNREACHABLE if taken else None), nowhere
        centre = query.area.square.centre
        km = min((self._distance_km(spot.point, centre) for spot in listing.spots), default=nowhere)
        if not taken:
            return (Section.NOT_FOR_AREA if km <= NEAR_KM else None), km
        if km <= NEAR_KM:
            return Section.NEAR, km
        if anywhere:
            return Section.ANYWHERE, nowhere
        return (Section.FURTHER if listing.spots or listing.nations else Section.NEAR), km
