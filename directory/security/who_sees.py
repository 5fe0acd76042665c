"""Which facts anyone may see, and which only commissioners. Every kind of fact is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from flask import current_app, g, has_request_context, request

from directory.matrix.areas import AreaKind, Areas, MatrixArea
from directory.queries.accounts import SignedIn
from directory.reference.hours import today_in_london
from directory.security.me import is_staff, me


class Fact(StrEnum):
    """The kinds of facts that the matrix, the gaps and the pages of need hold."""

    STATE = "state"
    LISTING = "listing"
    NEED_RANGE = "need-range"
    GAP = "gap"
    IDENTIFICATION = "identification"
    PLACES = "places"
    REPLY = "reply"
    UPPER_BOUND_OF_NEED = "upper-bound-of-need"
    EFFECTIVENESS = "effectiveness"
    FUNDING_DATE = "funding-date"
    DISPUTE = "dispute"
    WEIGHT = "weight"
    ASSESSOR = "assessor"
    NOTE = "note"


WHO_SEES: Mapping[str, str] = {
    Fact.STATE: "anyone",
    Fact.LISTING: "anyone",
    Fact.NEED_RANGE: "anyone",
    Fact.GAP: "anyone",
    Fact.IDENTIFICATION: "anyone",
    Fact.PLACES: "anyone",
    Fact.REPLY: "anyone",
    Fact.UPPER_BOUND_OF_NEED: "commissioner",
    Fact.EFFECTIVENESS: "commissioner",
    Fact.FUNDING_DATE: "commissioner",
    Fact.DISPUTE: "commissioner",
    Fact.WEIGHT: "commissioner",
    Fact.ASSESSOR: "commissioner",
    Fact.NOTE: "commissioner",
}


PLAN_TOGETHER = frozenset({AreaKind.CHILDRENS_SERVICES, AreaKind.NAMED, AreaKind.POLICE})
"""Kinds of wider areas whose bodies plan with each other. A region or a nation only holds them: it opens nothing."""


def sees(fact: str) -> bool:
    """Whether the person who asks may see facts of this kind, on the page that is being answered.

    'anyone' is everybody. 'commissioner' is a moderator or an administrator with a second factor, and a commissioner
    on the pages of an area that was granted to her, of the areas that lie in it, and of the areas it lies in whose
    bodies plan together. On a page of no area, or of one elsewhere, she sees what anyone may; so does a visitor, on
    every site. A kind that is not listed is seen by nobody.
    """
    who = WHO_SEES.get(fact, "nobody")
    if who == "commissioner":
        return not g.get("as_anyone", False) and _asks_for_their_own()
    return who == "anyone"


def sees_of(who: SignedIn, area: MatrixArea, areas: Areas) -> bool:
    """Whether this person sees what commissioners may of an area. areas: every area of today."""
    if is_staff(who):
        return True
    if "commissioner" not in who.roles:
        return False
    wanted = set(area.members)
    granted = [set(one.members) for code in who.areas if (one := areas.get(code)) is not None]
    if any(wanted and wanted <= members for members in granted):
        return True
    return area.kind in PLAN_TOGETHER and any(members and members <= wanted for members in granted)


def states_for(who: SignedIn, area: MatrixArea, areas: Areas) -> bool:
    """Whether this person may speak for an area: one that was granted, or one all of which lies in it."""
    if "commissioner" not in who.roles:
        return False
    granted = [set(one.members) for code in who.areas if (one := areas.get(code)) is not None]
    return area.code in who.areas or any(area.members and set(area.members) <= each for each in granted)


def may_state(area: MatrixArea, areas: Areas) -> bool:
    """Whether whoever asks may speak for an area, so that a page leads to where they do."""
    if g.get("as_anyone", False) or not has_request_context():
        return False
    who = me()
    return who is not None and states_for(who, area, areas)


def _asks_for_their_own() -> bool:
    """Of the page that is being answered, whose area stands in its address. Asked many times: found once."""
    if not has_request_context():
        return False
    if "sees_theirs" not in g:
        g.sees_theirs = _sees_the_area((request.view_args or {}).get("area_code"))
    return bool(g.sees_theirs)


def _sees_the_area(code: str | None) -> bool:
    who = me()
    if who is None:
        return False
    if is_staff(who):
        return True
    if code is None or "commissioner" not in who.roles:
        return False
    with current_app.extensions["database"].reading() as session:
        areas: Areas = current_app.extensions["matrix"].get(session, today_in_london()).areas
    area = areas.get(code)
    return area is not None and sees_of(who, area, areas)


@contextmanager
def as_anyone() -> Iterator[None]:
    """Until the end of the block whoever asks sees what anyone may: for pages that are the same for everybody."""
    g.as_anyone = True
    try:
        yield
    finally:
        g.as_anyone = False
