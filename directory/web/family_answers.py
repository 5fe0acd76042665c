"""The services for each person of a family: the same three sections, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from directory.queries.views import ListingView
from directory.reference.hours import LONDON, now_utc
from directory.search.family import Person, Venue, also_for, apart_from, who_would_meet
from directory.search.types import Fit, Hit, Query, Results, Section
from directory.web.asked import Asked
from directory.web.family_asked import FamilyAsked
from directory.web.family_filters import own_filters
from directory.web.parts import ChosenFilter
from directory.web.people import PersonShown, named, people_shown
from directory.web.results import COUNTED

# Of each section the first few; the rest is one tap away, on a page for that person alone.
SHOWN_MAX = 3
INSTEAD_MAX = 3


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """A service for one person. also, perhaps_also, meets: other people by relation, '' for none.

    instead: (name, address) of other services for this person, where nobody would have to meet.
    """

    number: int
    hit: Hit
    listing: ListingView
    also: str
    perhaps_also: str
    meets: str
    instead: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FamilySection:
    """The beginning of one section for one person. more: how many services of it are not on this page."""

    id: str
    heading: str
    fits: tuple[FamilyEntry, ...]
    not_told: tuple[FamilyEntry, ...]
    more: int
    url: str


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """One person's part of the page."""

    person: PersonShown
    count: str
    sections: tuple[FamilySection, ...]
    own_filters: tuple[ChosenFilter, ...]
    whole_url: str
    filter_url: str


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """Everyone's part of the page, and the searches and answers behind it, in the same order."""

    parts: tuple[PersonAnswer, ...]
    asked: tuple[Asked, ...]
    results: tuple[Results, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for everyone, in the order of the people. near: the place in words, '' for none."""

    near: str
    people: Sequence[Person]
    shown: Sequence[PersonShown]
    results: Sequence[Results]
    fits: Sequence[Mapping[int, Fit]]
    listings: Mapping[int, ListingView]
    venues: Sequence[Sequence[Venue]]


def family_answer(asked: FamilyAsked, people: Sequence[Person], near: str) -> FamilyAnswer:
    """Search for everyone, in one short transaction over one index."""
    searches = tuple(asked.asked_for(number, person) for number, person in enumerate(people, start=1))
    now = now_utc().astimezone(LONDON)
    with current_app.extensions["database"].reading() as session:
        _version, index = current_app.extensions["index"].get(session)
        results = tuple(index.search(Query(one.area, one.chosen, at=now)) for one in searches)
        fits = [_fits(one) for one in results]
        listings = current_app.extensions["listings"].get(session, _needed(people, results, fits))
    venues = [[venue_of(listings[number]) for number in of if number in listings] for of in fits]
    found = _Found(near, people, people_shown(people), results, fits, listings, venues)
    numbers = count(1)
    parts = tuple(
        _part(asked, search, found, position, numbers) for position, search in enumerate(searches, start=1)
    )
    return FamilyAnswer(parts, searches, results)


def venue_of(listing: ListingView) -> Venue:
    """Where a service sees people, as far as it may be told."""
    return Venue(
        listing.id,
        listing.organisation_id,
        in_person=not listing.modes or "in-person" in listing.modes,
        addresses=frozenset(place.point for place in listing.places if place.precision == "exact"),
        towns=frozenset(place.town.casefold() for place in listing.places if place.town),
    )


def _fits(results: Results) -> dict[int, Fit]:
    """Every service of the three sections that count → how it fits."""
    return {hit.listing_id: hit.fit for section in COUNTED for hit in results.hits[section]}


def _needed(
    people: Sequence[Person], results: Sequence[Results], fits: Sequence[Mapping[int, Fit]]
) -> set[int]:
    """Ids to read: what is shown, and all that is offered to people who should not have to meet."""
    needed = {
        hit.listing_id
        for one in results
        for section in COUNTED
        for hit in (*_first(one, section, Fit.YES), *_first(one, section, Fit.NOT_TOLD))
    }
    for number in range(1, len(people) + 1):
        if apart_from(people, number):
            needed |= fits[number - 1].keys()
    return needed


def _first(results: Results, section: Section, fit: Fit) -> list[Hit]:
    """The first services of a section, each at its nearest place."""
    distinct: dict[int, Hit] = {}
    for hit in results.hits[section]:
        if hit.fit is fit:
            distinct.setdefault(hit.listing_id, hit)
        if len(distinct) == SHOWN_MAX:
            break
    return list(distinct.values())


def _part(
    asked: FamilyAsked, search: Asked, found: _Found, position: int, numbers: Iterator[int]
) -> PersonAnswer:
    """One person's part. numbers: those that the services on the page get, in order."""
    return PersonAnswer(
        found.shown[position - 1],
        _count(found.fits[position - 1]),
        tuple(_section(search, found, position, section, numbers) for section in COUNTED),
        own_filters(asked, position),
        search.url(),
        # The form of filters, with this person's ticked.
        f"{FamilyAsked(asked.area, asked.filters, position).url()}#filters",
    )


def _section(
    search: Asked, found: _Found, position: int, section: Section, numbers: Iterator[int]
) -> FamilySection:
    results = found.results[position - 1]
    fits, not_told = (
        tuple(
            _entry(found, hit, position, next(numbers))
            for hit in _first(results, section, fit)
            if hit.listing_id in found.listings
        )
        for fit in (Fit.YES, Fit.NOT_TOLD)
    )
    certain = sum(fit is Fit.YES for fit in _fits_in(results, section).values())
    return FamilySection(
        f"person-{position}-{section.value}",
        _section_heading(section, certain, found.near),
        fits,
        not_told,
        results.totals[section] - len(fits) - len(not_told),
        search.only(section).url(),
    )


def _fits_in(results: Results, section: Section) -> dict[int, Fit]:
    return {hit.listing_id: hit.fit for hit in results.hits[section]}


def _entry(found: _Found, hit: Hit, position: int, number: int) -> FamilyEntry:
    listing = found.listings[hit.listing_id]
    others = also_for(found.fits, listing.id, position)
    meets = who_would_meet(found.people, found.venues, venue_of(listing), position)
    return FamilyEntry(
        number,
        hit,
        listing,
        named(others.certain, found.shown),
        named(others.perhaps, found.shown),
        named(meets, found.shown),
        _instead(found, listing.id, position) if meets else (),
    )


def _instead(found: _Found, listing_id: int, position: int) -> tuple[tuple[str, str], ...]:
    """Other services for the person, where they would meet nobody they should not; those known to fit first."""
    of = found.fits[position - 1]
    others: list[tuple[str, str]] = []
    for number in sorted(of, key=lambda each: of[each] is not Fit.YES):
        listing = found.listings.get(number)
        if listing is None or number == listing_id:
            continue
        if not who_would_meet(found.people, found.venues, venue_of(listing), position):
            name = listing.name if of[number] is Fit.YES else _("%(name)s (may fit)", name=listing.name)
            others.append((name, url_for("listing.service", service_id=number)))
        if len(others) == INSTEAD_MAX:
            break
    return tuple(others)


def _count(fits: Mapping[int, Fit]) -> str:
    """'5 services (14 more may fit)'."""
    certain = sum(fit is Fit.YES for fit in fits.values())
    words = ngettext("%(num)s service", "%(num)s services", certain)
    if len(fits) == certain:
        return words
    more = ngettext("%(num)s more may fit", "%(num)s more may fit", len(fits) - certain)
    return _("%(services)s (%(more)s)", services=words, more=more)


def _section_heading(section: Section, certain: int, near: str) -> str:
    services = ngettext("%(num)s service", "%(num)s services", certain)
    match section:
        case Section.NEAR:
            return _("Near or for their area: %(services)s", services=services)
        case Section.FURTHER if near:
            return _("Further away but accepting people from their area: %(services)s", services=services)
        case Section.FURTHER:
            return _("In one place or area: %(services)s", services=services)
    return _("Anywhere: helplines and online: %(services)s", services=services)
