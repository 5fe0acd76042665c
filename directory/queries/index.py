"""Listings as the search index sees them: what each is known to have, and what it may have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from sqlalchemy.orm import Session

from directory.queries.facts import ServiceFacts, is_indexed, service_facts
from directory.reference.coverage import NATIONS
from directory.reference.groups import groups, shown_as, shown_groups
from directory.reference.hours import out_of_hours
from directory.reference.mapping import Certainty, kinds_of
from directory.reference.routes import WITHOUT_SPEAKING
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.search.types import Facet, Listing, Spot

Values = dict[Facet, frozenset[str]]

# Facets of which a source names only some values: that a service speaks Welsh, or has
# a hearing loop, does not say that it has nothing else. The others count as not told.
_OPEN_ENDED = {
    Facet.FORM: "form",
    Facet.LANGUAGE: "language",
    Facet.ACCESS: "access",
    Facet.ADAPTED_FOR: "specialism",
}
_AGE_BAND = re.compile(r"under-(?P<below>\d+)|(?P<low>\d+)-(?P<high>\d+)|(?P<from>\d+)-plus")
OLDEST = 120

# Ways to reach somebody at once. A call in British Sign Language is a call, and so is one through Relay UK.
_AT_ONCE = frozenset({"telephone", "text", "web chat", "BSL video", "Relay UK"})
DIRECT, OTHER, LAST = 0, 1, 2
"""The values of Listing.rank."""

# A service known to be for these alone is never offered as one that may help those who were abused:
# nobody should find people who have abused behind a door that was held open for them.
_THOSE_WHO_HARM = frozenset({"at-risk", "families"})
_THOSE_WHO_WERE_HARMED = frozenset({"children", "parents", "adult-survivors"})


def index_listings(session: Session) -> list[Listing]:
    """Every listing that can be found, by id. Services that need checking are not among them."""
    return [listing_of(number, facts) for number, facts in service_facts(session, is_indexed()).items()]


def listing_of(number: int, facts: ServiceFacts) -> Listing:
    """One service as the index sees it."""
    known, maybe = _tagged(facts)
    known |= _contact(facts) | _told(facts)
    _sort_ages(facts, known, maybe)
    columns = facts.columns
    kinds = known.get(Facet.KIND, frozenset())
    return Listing(
        id=number,
        name=columns["name"],
        organisation=facts.organisation,
        words=_words(facts, kinds),
        facets=known,
        maybe=maybe,
        authorities=facts.authorities,
        nations=facts.nations,
        partly=facts.partly,
        remote="remote" in facts.terms("mode"),
        reachable=bool(columns["url"] or any(route.value for route in facts.routes)),
        spots=tuple(Spot(place.location_id, place.precision, place.point) for place in facts.places),
        hours=tuple(dict.fromkeys(route.hours for route in facts.routes if route.hours)),
        rank=_rank(facts, kinds),
        breadth=_breadth(facts, known, kinds),
    )


def _rank(facts: ServiceFacts, kinds: Collection[str]) -> int:
    """Listing.rank. A helpline whose source says nothing of referral is there to be called."""
    referral = frozenset(facts.terms("referral"))
    if facts.columns["free_to_person"] is False or (referral and not referral & {"self", "parent"}):
        return LAST
    at_once = any(route.kind in _AT_ONCE and route.value for route in facts.routes)
    by_themselves = "self" in referral or (not referral and "helpline" in kinds)
    return DIRECT if at_once and by_themselves else OTHER


def _breadth(facts: ServiceFacts, known: Values, kinds: Collection[str]) -> int:
    """Listing.breadth: somebody who has just arrived is shown first whom they can talk to, at no cost."""
    # A place to live is never the first thing to offer.
    if known.get(Facet.ONLY_FOR) or "residential" in kinds:
        step = 3
    elif facts.columns["free_to_person"] is not True:
        step = 2
    else:
        step = 0 if "helpline" in kinds else 1
    # Who names no group may be for anybody, so it stands after those that do.
    made_for = len(known.get(Facet.GROUP, frozenset())) or 9
    ways = len({route.kind for route in facts.routes if route.kind in _AT_ONCE and route.value})
    # Without a place nobody knows in which nation somebody lives.
    nations_left_out = len(NATIONS) - len(facts.nations)
    return step * 1000 + nations_left_out * 100 + made_for * 10 - ways


def _tagged(facts: ServiceFacts) -> tuple[Values, Values]:
    """(known, possible) values of the facets that are tags."""
    known: Values = {}
    maybe: Values = {}
    _sort_groups(facts, known, maybe)
    kinds = kinds_of(_certainties(facts))
    certain = frozenset(kind for kind, certainty in kinds.items() if certainty == "certain")
    _sort(Facet.KIND, certain, frozenset(kinds), known, maybe)
    for facet, taxonomy in (
        (Facet.FORM, "form"),
        (Facet.MODE, "mode"),
        (Facet.LANGUAGE, "language"),
        (Facet.ACCESS, "access"),
        (Facet.ONLY_FOR, "only_for"),
        (Facet.ADAPTED_FOR, "adapted_for"),
    ):
        held = frozenset(facts.terms(taxonomy))
        if held:
            known[facet] = held
            if facet in _OPEN_ENDED:
                maybe[facet] = _all(_OPEN_ENDED[facet]) - held
    return known, maybe


def _sort_groups(facts: ServiceFacts, known: Values, maybe: Values) -> None:
    """Whoever names any group has told: the groups that a source does not even hint at are a known 'no'."""
    certain, named = shown_as(facts.certain("group")), shown_as(facts.terms("group"))
    if not named:
        return
    possible = named - certain
    if certain and certain <= _THOSE_WHO_HARM:
        possible -= _THOSE_WHO_WERE_HARMED
    known[Facet.GROUP] = certain
    if possible:
        maybe[Facet.GROUP] = possible


def _sort(
    facet: Facet, certain: frozenset[str], all_of_them: frozenset[str], known: Values, maybe: Values
) -> None:
    if certain:
        known[facet] = certain
    if all_of_them - certain:
        maybe[facet] = all_of_them - certain


def _certainties(facts: ServiceFacts) -> dict[str, Certainty]:
    tags = facts.tags.get("support_type", {})
    return {code: "certain" if sure else "possible" for code, sure in tags.items()}


def _sort_ages(facts: ServiceFacts, known: Values, maybe: Values) -> None:
    """A band that is taken whole is known; one taken in part is possible: a boy of 11 to 15 may be too old for
    a service for children under 12. A service that has told its ages takes nobody of the other bands.
    """
    low, high = facts.columns["minimum_age"], facts.columns["maximum_age"]
    if low is None and high is None:
        return
    low, high = low or 0, OLDEST if high is None else high
    met = {code: (start, end) for code, start, end in _age_bands() if start <= high and low <= end}
    whole = frozenset(code for code, (start, end) in met.items() if low <= start and end <= high)
    known[Facet.AGE] = whole
    if in_part := frozenset(met) - whole:
        maybe[Facet.AGE] = in_part


@cache
def _age_bands() -> tuple[tuple[str, int, int], ...]:
    """(code, youngest, oldest) of each band, both included."""
    bands = []
    for code in terms("age"):
        match = _AGE_BAND.fullmatch(code)
        if match is None:
            raise ValueError(f"data/terms.csv: the age band {code!r} is not like under-5, 5-10 or 26-plus.")
        if match["below"]:
            bands.append((code, 0, int(match["below"]) - 1))
        elif match["from"]:
            bands.append((code, int(match["from"]), OLDEST))
        else:
            bands.append((code, int(match["low"]), int(match["high"])))
    return tuple(bands)


def _contact(facts: ServiceFacts) -> Values:
    """What follows from the routes and their hours."""
    known: Values = {}
    kinds = {route.kind for route in facts.routes}
    if kinds & WITHOUT_SPEAKING:
        known[Facet.WITHOUT_SPEAKING] = _YES
    if "BSL video" in kinds or "bfi" in facts.terms("language") or "sign-language" in facts.terms("access"):
        known[Facet.BSL] = _YES
    hours = [route.hours for route in facts.routes]
    if any(_out_of_hours(expression) for expression in hours if expression):
        known[Facet.OUT_OF_HOURS] = _YES
    elif hours and all(hours):
        # Only when the hours of every route are known can it be said that none is late.
        known[Facet.OUT_OF_HOURS] = _NO
    return known


def _told(facts: ServiceFacts) -> Values:
    """Facets that are one answer each, where there is one."""
    known: Values = {}
    for facet, column in (
        (Facet.ACCEPTING, "accepting_referrals"),
        (Facet.ADVICE, "advice_to_professionals"),
    ):
        if facts.columns[column] is not None:
            known[facet] = _YES if facts.columns[column] else _NO
    for facet, column in ((Facet.WAITING, "waiting_list"), (Facet.SECTOR, "sector")):
        if facts.columns[column]:
            known[facet] = frozenset({facts.columns[column]})
    routes = facts.terms("referral")
    if routes:
        known[Facet.SELF_REFERRAL] = _YES if "self" in routes else _NO
    return known


_YES, _NO = frozenset({"yes"}), frozenset({"no"})


@lru_cache(maxsize=20_000)
def _out_of_hours(expression: str) -> bool:
    return out_of_hours(expression)


@cache
def _all(taxonomy: str) -> frozenset[str]:
    return frozenset(terms(taxonomy))


def _words(facts: ServiceFacts, kinds: Iterable[str]) -> str:
    """Text to search: the listing's own words, and the labels of what it is certain to offer, for whom and how."""
    columns = facts.columns
    certain_groups = sorted(facts.certain("group"))
    labels = [
        *(groups()[code].label for code in certain_groups),
        *(shown_groups()[code].label for code in sorted(shown_as(certain_groups))),
        *(_label("kind", code) for code in sorted(kinds)),
        *(support_types()[code].label for code in sorted(facts.certain("support_type"))),
        *(_label("form", code) for code in facts.terms("form")),
        *(_label("specialism", code) for code in (*facts.terms("only_for"), *facts.terms("adapted_for"))),
        *(terms("language")[code].label for code in facts.terms("language")),
        *(_label("access", code) for code in facts.terms("access")),
        # The plain words of a mode name what only some of it is ('by text, video or online').
        *(terms("mode")[code].label for code in facts.terms("mode")),
        *(_label("route", route.kind) for route in facts.routes),
    ]
    own = (columns["name"], columns["alternate_name"], facts.organisation, columns["description"])
    return "\n".join(part for part in (*own, *dict.fromkeys(labels)) if part)


@cache
def _label(taxonomy: str, code: str) -> str:
    term = terms(taxonomy)[code]
    return term.label if term.plain == term.label else f"{term.label}. {term.plain}"
