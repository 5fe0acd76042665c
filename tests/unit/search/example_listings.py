"""Listings and searches made up for tests: each says only what matters, the rest is plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.geo.types import Point, SearchArea, Square
from directory.search.index import SearchIndex
from directory.search.types import Listing, Query, Results, Section, Spot

ENGLAND, WALES = "E92000001", "W92000004"
HOME, NEXT, FAR_AWAY, WELSH = "E06000001", "E06000002", "E06000003", "W06000001"
"""Authorities: the one that is searched, its neighbour, one far away, one in Wales."""

SQUARE = Square(1, 500, 300)
AREA = SearchArea(SQUARE, (HOME,))
TWO_AUTHORITIES = SearchArea(SQUARE, (HOME, NEXT))
NO_SQUARE = SearchArea(None, (HOME,))

NOON = datetime(2026, 3, 4, 12, 0, 30, tzinfo=ZoneInfo("Europe/London"))

_PLAIN = Listing(
    id=0, name="", organisation="Example Organisation", words="", facets={}, authorities=frozenset({HOME})
)


def listing(listing_id: int = 1, **said: object) -> Listing:
    """A service for people of HOME, reachable, with no place to show, that says nothing of any facet."""
    said.setdefault("name", f"Example Service {listing_id:03}")
    for taken in ("authorities", "nations", "partly"):
        if isinstance(said.get(taken), set):
            said[taken] = frozenset(said[taken])  # type: ignore[call-overload]  # a builder takes what matters, by name
    return replace(_PLAIN, id=listing_id, **said)  # type: ignore[arg-type]  # a builder takes what matters, by name


def national(listing_id: int = 1, **said: object) -> Listing:
    """A service by telephone or online for all of England and Wales."""
    return listing(listing_id, **{"authorities": set(), "nations": {ENGLAND, WALES}, "remote": True} | said)


def spot(east_km: float, north_km: float = 0, location_id: int = 1) -> Spot:
    """A place so many km east and north of the searched square's centre."""
    centre = SQUARE.centre
    point = Point(centre.easting_m + round(east_km * 1000), centre.northing_m + round(north_km * 1000))
    return Spot(location_id, "exact", point)


def is_open(expression: str, at: datetime) -> bool | None:
    """Stands in for the hours reader: 'open', 'closed', 'from 13', or anything else: it does not say."""
    if expression.startswith("from "):
        return at.hour >= int(expression[5:])
    return {"open": True, "closed": False}.get(expression)


def index_of(*listings: Listing, synonyms: dict[str, tuple[str, ...]] | None = None) -> SearchIndex:
    """An index over these listings."""
    return SearchIndex.build(listings, synonyms=synonyms, is_open=is_open)


def search(*listings: Listing, **asked: object) -> Results:
    """The answer for AREA at NOON, unless asked otherwise."""
    asked = {"area": AREA, "at": NOON} | asked
    return index_of(*listings).search(Query(**asked))  # type: ignore[arg-type]  # a builder takes what matters, by name


def ids(results: Results, section: Section) -> list[int]:
    """The listings of a section in order, once for each hit."""
    return [hit.listing_id for hit in results.hits[section]]


def where(results: Results) -> dict[int, Section]:
    """Listing id → the section it stands in. Fails if one stands in two."""
    found: dict[int, Section] = {}
    for section, hits in results.hits.items():
        for hit in hits:
            assert found.setdefault(hit.listing_id, section) is section
    return found
