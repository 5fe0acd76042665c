"""What goes into a search and what comes out: narrow on purpose, so that an engine can be swapped.

query → ids, totals, facets. Nothing here knows of a web page or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from directory.geo.types import Point, SearchArea


class Facet(Enum):
    """What results can be narrowed by. The value is the short letter that stands in an address."""

    GROUP = "a"
    KIND = "b"
    FORM = "c"
    AGE = "d"
    MODE = "e"
    WITHOUT_SPEAKING = "f"
    BSL = "g"
    OPEN_NOW = "h"
    OUT_OF_HOURS = "i"
    ACCEPTING = "j"
    WAITING = "k"
    SELF_REFERRAL = "l"
    LANGUAGE = "m"
    ACCESS = "n"
    ONLY_FOR = "o"
    ADAPTED_FOR = "p"
    SECTOR = "q"
    ADVICE = "r"


class Section(Enum):
    """The part of the results page in which a listing stands; a listing stands in exactly one."""

    NEAR = "near"
    """Accepts people from the area, and has a place within reach or is a local service with no shown place."""
    FURTHER = "further"
    """Accepts people from the area, further away."""
    ANYWHERE = "anywhere"
    """By telephone or online, for a whole nation."""
    NOT_FOR_AREA = "not-for-area"
    """Near, but takes only people who live elsewhere. In no total."""
    UNREACHABLE = "unreachable"
    """Known, but nobody can yet say how to reach it. In no total."""


class Fit(Enum):
    """How a listing answers the filters: known to fit, or has not told us."""

    YES = "yes"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be shown: 'exact' (its own public postcode) or 'town' (the town's centre)."""

    location_id: int
    precision: str
    point: Point


@dataclass(frozen=True, slots=True)
class Listing:
    """One service, as the index sees it. Only listed services are handed over.

    facets: facet → values it is known to have. A facet that is missing is *not
      told*; a facet present with an empty set is a known 'none of these'.
      Values of yes/no facets are 'yes' and 'no'. AGE holds age-band codes;
      WAITING holds 'none', 'open', 'closed'. OPEN_NOW is never given: it
      follows from `hours`. GROUP holds the six shown groups.
    maybe: facet → values it possibly has (a 'possible' kind): counted as not told.
    authorities: LAD codes whose residents it accepts, nations spelled out in
      `nations` instead ('E92000001', 'W92000004'). Both empty: not known.
    partly: those of its authorities and nations of which it accepts only some people; ask.
      An authority that is covered wholly by one of the two is covered wholly.
    spots: places that may be shown; empty when confidential or not known.
    hours: opening_hours expressions (OpenStreetMap notation) of its routes.
    words: text to search: name, organisation, description, labels of what it has.
    rank: lower stands first among equals: 0 can be reached by telephone, text or chat and by the
      person themselves; 1 other; 2 only through a professional, or charges the person.
    breadth: settles equal ranks, lower first: a helpline known to be free, then what is known to be free,
      then what costs we do not know, then a place to live and what is only for some people; within
      each, for both nations, then made for fewer groups, then with more ways to talk at once.
    """

    id: int
    name: str
    organisation: str
    words: str
    facets: Mapping[Facet, frozenset[str]]
    maybe: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    authorities: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    remote: bool = False
    reachable: bool = True
    spots: tuple[Spot, ...] = ()
    hours: tuple[str, ...] = ()
    rank: int = 0
    breadth: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. An empty choice asks nothing of that facet; values of one facet are 'any of'.

    text: words that a listing must hold, where they are understood. leaning: words that
      only order: a listing that holds them, or their meaning, stands before one that does not.
    """

    area: SearchArea | None = None
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    text: str = ""
    at: datetime | None = None
    """The minute for which 'open now' is meant, in Europe/London."""
    leaning: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One service at one place (or at none). `distance_km` is None where no distance may be told."""

    listing_id: int
    location_id: int | None
    distance_km: float | None
    fit: Fit
    accepts: str
    """'yes', 'part' (some people or some authorities of the area), 'no' or 'not-known'."""


@dataclass(frozen=True, slots=True)
class Results:
    """Hits by section, in the order to show; counts by facet; how the text was understood.

    hits: each section's hits: fit YES first, then NOT_TOLD; NEAR and FURTHER by distance
      (then those without one); then by words, rank and name; ties by listing id. A service stands
      in one section only; NEAR may hold it once for each of its near places.
    totals: section → number of distinct services (YES and NOT_TOLD).
    total: distinct services in NEAR, FURTHER and ANYWHERE.
    counts: facet → value → number of services in those three sections that have the
      value, while every *other* facet's choice (and area and text) holds.
    without: facet → total if that facet's choice were dropped; for dead ends.
    total_without_text: total if the words were dropped.
    understood: typed word → words of the vocabulary it was taken for.
    """

    hits: Mapping[Section, tuple[Hit, ...]]
    totals: Mapping[Section, int]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]
    without: Mapping[Facet, int]
    total_without_text: int
    understood: Mapping[str, tuple[str, ...]]
