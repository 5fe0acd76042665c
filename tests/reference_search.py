"""The search, slow and obvious: one listing at a time, no index, and only types and small words are shared.

It follows the docstring of directory/search/index.py line by line, so that the
index can be held against it. Numbers are written out again on purpose.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from directory.geo.types import SearchArea
from directory.search.types import Facet, Fit, Hit, Listing, Query, Results, Section, Spot
from directory.search.words import SMALL_WORDS
from tests.reference_words import mistakes, typed, words_in, words_of_listing

NATION_OF = {"E": "E92000001", "W": "W92000004"}
COUNTED = {Section.NEAR, Section.FURTHER, Section.ANYWHERE}


class Place(NamedTuple):
    """A spot and its distance, or no place at all."""

    location_id: int | None
    metres_squared: int | None


class Taken(NamedTuple):
    """A typed word: what it is taken for, ids that match it, ids that hold it letter for letter."""

    names: tuple[str, ...]
    matching: set[int]
    exact: set[int]


class Found(NamedTuple):
    """A listing that stands somewhere: in which section, at which places."""

    listing: Listing
    section: Section
    accepts: str
    fit: Fit
    inexact: int
    places: list[Place]


class ReferenceSearch:
    """The same interface as the index."""

    def __init__(
        self,
        listings: Sequence[Listing],
        synonyms: Mapping[str, tuple[str, ...]],
        is_open: Callable[[str, datetime], bool | None],
    ) -> None:
        self.listings = listings
        self.synonyms = synonyms
        self.is_open = is_open
        self.words = {listing.id: words_of_listing(listing) for listing in listings}
        self.taken: dict[str, Taken] = {}
        self.vocabulary = sorted({word for words in self.words.values() for word in words})

    def search(self, query: Query) -> Results:
        chosen = {facet: values for facet, values in query.chosen.items() if values}
        found = self.found(query, chosen, query.text)
        total = counted(found)
        counts = {}
        without = {}
        for facet in Facet:
            reached = found
            if facet in chosen:
                others = {other: values for other, values in chosen.items() if other is not facet}
                reached = self.found(query, others, query.text)
                without[facet] = counted(reached)
            known = [
                self.known(each.listing, facet, query) or () for each in reached if each.section in COUNTED
            ]
            counts[facet] = {value: sum(value in has for has in known) for value in self.values(facet)}
        return Results(
            hits={section: hits(found, section) for section in Section},
            totals={section: len([each for each in found if each.section is section]) for section in Section},
            total=total,
            counts=counts,
            without=without,
            total_without_text=counted(self.found(query, chosen, "")),
            understood={word: self.take(word).names for word in typed(query.text)},
        )

    def found(self, query: Query, chosen: Mapping[Facet, frozenset[str]], text: str) -> list[Found]:
        """Every listing that stands in a section."""
        found = []
        taken = [self.take(word) for word in typed(text)]
        leaning = [self.take(word) for word in typed(query.leaning)]
        area = query.area if query.area and query.area.authorities else None
        for listing in self.listings:
            fit = self.fit(listing, chosen, query)
            inexact = inexact_words(listing, taken)
            accepts = accepts_from(listing, area)
            section, places = stand(listing, accepts, area)
            if fit is not None and inexact is not None and section is not None:
                inexact += sum(bool(word.matching) and listing.id not in word.matching for word in leaning)
                found.append(Found(listing, section, accepts, fit, inexact, places))
        return found

    def fit(self, listing: Listing, chosen: Mapping[Facet, frozenset[str]], query: Query) -> Fit | None:
        """None: dropped."""
        fit = Fit.YES
        for facet, values in chosen.items():
            known = self.known(listing, facet, query)
            maybe = listing.maybe.get(facet, frozenset()) if facet is not Facet.OPEN_NOW else frozenset()
            if known is not None and known & values:
                continue
            if known is None or maybe & values:
                fit = Fit.NOT_TOLD
            else:
                return None
        return fit

    def known(self, listing: Listing, facet: Facet, query: Query) -> frozenset[str] | None:
        """None: not told."""
        if facet is not Facet.OPEN_NOW:
            return listing.facets.get(facet)
        if query.at is None or not listing.hours:
            return None
        minute = query.at.replace(second=0, microsecond=0)
        states = [self.is_open(expression, minute) for expression in listing.hours]
        if any(state is True for state in states):
            return frozenset({"yes"})
        return frozenset({"no"}) if all(state is False for state in states) else None

    def values(self, facet: Facet) -> list[str]:
        if facet is Facet.OPEN_NOW:
            return ["no", "yes"]
        both = [each for listing in self.listings for each in (listing.facets, listing.maybe)]
        return sorted({value for values in both for value in values.get(facet, ())})

    def take(self, word: str) -> Taken:
        """Worked out once for each word: the only thing that is remembered here."""
        if word not in self.taken:
            self.taken[word] = self.take_anew(word)
        return self.taken[word]

    def take_anew(self, word: str) -> Taken:
        meanings = self.meanings(word)
        begun = [w for w in self.begun(word) if w == word or not meanings]
        exact = {id_ for id_, words in self.words.items() if word in words}
        if begun or meanings:
            return Taken(unique([*begun, *meanings]), self.holding(begun) | self.meaning(meanings), exact)
        slips = self.slips(word)
        names = [slip for slip in slips if slip in self.vocabulary]
        phrases = [phrase for slip in slips for phrase in self.meanings(slip)]
        return Taken(unique([*names, *phrases]), self.holding(names) | self.meaning(phrases), set())

    def begun(self, word: str) -> list[str]:
        return [w for w in self.vocabulary if w == word or (len(word) >= 4 and w.startswith(word))]

    def meanings(self, word: str) -> list[str]:
        return [phrase for phrase in self.synonyms.get(word, ()) if self.meaning([phrase])]

    def holding(self, words: Iterable[str]) -> set[int]:
        return {id_ for id_, held in self.words.items() for word in words if word in held}

    def meaning(self, phrases: Iterable[str]) -> set[int]:
        """Ids that hold all words of one of the phrases, or words that begin with them."""
        found = set()
        for phrase in phrases:
            needed = [word for word in words_in(phrase) if word not in SMALL_WORDS]
            for id_ in self.words:
                if needed and all(id_ in self.holding(self.begun(word)) for word in needed):
                    found.add(id_)
        return found

    def slips(self, word: str) -> list[str]:
        known = sorted({*self.vocabulary, *(typed for typed in self.synonyms if self.meanings(typed))})
        if not word.isalpha() or len(word) < 4:
            return []
        once = [each for each in known if mistakes(word, each) <= 1]
        if once or len(word) < 8:
            return once
        return [each for each in known if mistakes(word, each) <= 2]


def inexact_words(listing: Listing, taken: Iterable[Taken]) -> int | None:
    """Understood words the listing does not hold letter for letter; None: it does not match."""
    inexact = 0
    for word in taken:
        if not word.matching:
            continue
        if listing.id not in word.matching:
            return None
        inexact += listing.id not in word.exact
    return inexact


def accepts_from(listing: Listing, area: SearchArea | None) -> str:
    if area is None:
        return "not-known"
    if not listing.authorities and not listing.nations:
        return "not-known"
    taking = [
        {code, NATION_OF.get(code[:1])} & (listing.authorities | listing.nations) for code in area.authorities
    ]
    if not any(taking):
        return "no"
    return "yes" if all(names - listing.partly for names in taking) else "part"


def stand(listing: Listing, accepts: str, area: SearchArea | None) -> tuple[Section | None, list[Place]]:
    """The section, and the places at which the listing stands there."""
    no_place = [Place(None, None)]
    anywhere = listing.remote and bool(listing.nations)
    local = bool(listing.authorities) and not listing.nations
    if not listing.reachable:
        return (None, []) if accepts == "no" else (Section.UNREACHABLE, no_place)
    if area is None:
        return (Section.ANYWHERE if anywhere else Section.FURTHER), no_place
    if area.square is None:
        if accepts == "no":
            return None, []
        if local:
            return Section.NEAR, no_place
        return (Section.ANYWHERE if anywhere else Section.FURTHER), no_place
    places = sorted(
        (Place(spot.location_id, metres_squared(spot, area)) for spot in listing.spots),
        key=lambda place: (place.metres_squared, place.location_id),
    )
    near = [place for place in places if math.sqrt(place.metres_squared or 0) <= 40_000]
    if accepts == "no":
        return (Section.NOT_FOR_AREA, near[:1]) if near else (None, [])
    if near:
        return Section.NEAR, near
    if anywhere:
        return Section.ANYWHERE, no_place
    if places:
        return Section.FURTHER, places[:1]
    return (Section.NEAR if local else Section.FURTHER), no_place


def metres_squared(spot: Spot, area: SearchArea) -> int:
    assert area.square is not None
    centre = area.square.centre
    east = spot.point.easting_m - centre.easting_m
    north = spot.point.northing_m - centre.northing_m
    return east * east + north * north


def hits(found: Iterable[Found], section: Section) -> tuple[Hit, ...]:
    keyed = []
    for each in found:
        if each.section is not section:
            continue
        for place in each.places:
            far = math.inf if place.metres_squared is None else place.metres_squared
            km = None if place.metres_squared is None else round(math.sqrt(place.metres_squared) / 1000, 1)
            key = (
                each.fit is Fit.NOT_TOLD,
                far if section in {Section.NEAR, Section.FURTHER} else 0,
                each.inexact,
                each.listing.rank,
                each.listing.breadth,
                each.listing.name.casefold(),
                each.listing.id,
                -1 if place.location_id is None else place.location_id,
            )
            keyed.append((key, Hit(each.listing.id, place.location_id, km, each.fit, each.accepts)))
    return tuple(hit for _key, hit in sorted(keyed, key=lambda pair: pair[0]))


def counted(found: Iterable[Found]) -> int:
    return len({each.listing.id for each in found if each.section in COUNTED})


def unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
