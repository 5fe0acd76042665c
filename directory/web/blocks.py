"""What the list of results is made of: sections, and the numbered services in them."""

from __future__ import annotations

from dataclasses import dataclass

from directory.queries.views import ListingView
from directory.search.types import Hit, Section
from directory.web.parts import Pages


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing in the list: its number is the number of its mark on the map."""

    number: int
    hit: Hit
    listing: ListingView


@dataclass(frozen=True, slots=True)
class Block:
    """One section of the page: this page's entries that are known to fit, then those that may.

    fit_total, maybe_total: services in the whole section. pages: None when there is one page only.
    """

    section: Section
    fit_total: int
    maybe_total: int
    fits: tuple[Entry, ...]
    not_told: tuple[Entry, ...]
    pages: Pages | None
