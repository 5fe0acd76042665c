"""Take down at once, and put back: what is held is shown to nobody until a second person has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.tell import tell_of_hold
from directory.actions.lines import places as read_places
from directory.actions.lines import routes as read_routes
from directory.actions.said_words import without_a_case
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.hold import Hold
from directory.models.service import Service
from directory.queries.people import acts_for
from directory.reference.same_way import folded_thing

REASON_LENGTH_MAX = 500
VALUE_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """What is to be held. what: 'listing' (value is ''), 'route', 'website' or 'place'.

    is_everywhere: in the listings of other organisations and the help lines too.
    """

    what: str
    value: str
    reason: str
    is_everywhere: bool = False


def place_hold(session: Session, service_id: int, asked: HoldAsked, *, by: Actor, now: datetime) -> int:
    """Hold it, and tell every worker. The caller commits; who may is for the caller to know.

    Returns the number of the hold; one that stands already is not placed twice. A value need not be listed now: it
    may be one that is about to be proposed again. Raises NotFound, or RuleBroken('what', 'value', 'reason' or
    'everywhere').
    """
    value, reason = " ".join(asked.value.split()), " ".join(asked.reason.split())
    if asked.what not in {"listing", "route", "website", "place"}:
        raise RuleBroken("what", "Choose what to take down.")
    if (asked.what == "listing") != (value == "") or len(value) > VALUE_LENGTH_MAX:
        raise RuleBroken("value", "Choose what to take down.")
    if not reason or len(reason) > REASON_LENGTH_MAX:
        raise RuleBroken("reason", f"Say why in 1 to {REASON_LENGTH_MAX} letters.")
    without_a_case("reason", reason)
    if asked.is_everywhere and not by.is_moderator:
        raise RuleBroken("everywhere", "Only a moderator takes something down in the listings of others.")
    take_turn(session)
    stored_cells(session, service_id)
    for standing in open_holds(session, service_id):
        if (
            standing.what == asked.what
            and folded_thing(asked.what, standing.value) == folded_thing(asked.what, value)
            and standing.is_everywhere >= asked.is_everywhere
        ):
            return standing.id
    hold = Hold(
        service_id=service_id,
        what=asked.what,
        value=value,
        is_everywhere=asked.is_everywhere and asked.what != "listing",
        reason=reason,
        role=by.role,
        placed_by=by.account_id,
        placed_at=now,
    )
    session.add(hold)
    session.flush()
    bump_listings_version(session)
    record(session, by, "place hold", "service", service_id, now=now, hold=str(hold.id), what=asked.what)
    tell_of_hold(session, hold, by=by, now=now)
    return hold.id


def lift_hold(session: Session, hold_id: int, words: str, *, by: Actor, now: datetime) -> int:
    """Show it again; returns the number of the service. A second person does it: a moderator who did not place it.

    The caller commits. Lifting what is lifted already changes nothing. Raises NotFound, RuleBroken('hold' or 'words').
    """
    words = " ".join(words.split())
    if not words or len(words) > REASON_LENGTH_MAX:
        raise RuleBroken("words", f"Say how you made sure, in 1 to {REASON_LENGTH_MAX} letters.")
    without_a_case("words", words)
    take_turn(session)
    hold = session.get(Hold, hold_id, populate_existing=True)
    if hold is None:
        raise NotFound(f"There is no hold {hold_id}.")
    if not by.is_moderator:
        raise RuleBroken("hold", "A moderator puts it back.")
    if by.account_id is None or by.account_id == hold.placed_by:
        raise RuleBroken("hold", "You took it down, so somebody else has to look before it is shown again.")
    if acts_for(session, session.get_one(Service, hold.service_id).organisation_id, by.account_id, ever=True):
        raise RuleBroken("hold", "You act or acted for this organisation, so somebody else has to look.")
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by, hold.lifted_words = now, by.account_id, words
        session.flush()
        bump_listings_version(session)
        record(
            session, by, "lift hold", "service", hold.service_id, now=now, hold=str(hold.id), what=hold.what
        )
    return hold.service_id


def open_holds(session: Session, service_id: int) -> list[Hold]:
    """What is held of a service, the oldest first."""
    query = select(Hold).where(Hold.service_id == service_id, Hold.lifted_at.is_(None)).order_by(Hold.id)
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Holdable:
    """One thing of a listing that can be taken down. kind: of the route; '' for others. label: what people call it."""

    what: str
    value: str
    kind: str = ""


def holdable(session: Session, service_id: int) -> tuple[Holdable, ...]:
    """Each route, website and place of a listing once, in its order; places that nobody is told of are not among them.

    Raises NotFound.
    """
    cells = stored_cells(session, service_id)
    found = [
        Holdable("route", route.value, route.kind)
        for route in read_routes(cells["contact_routes"])
        if route.value
    ]
    found += [Holdable("website", cells[name]) for name in ("url", "organisation_url") if cells[name]]
    found += [
        Holdable("place", place.postcode or place.town)
        for place in read_places(cells["locations"])
        if place.precision != "confidential" and cells["confidential"] != "yes"
    ]
    return tuple({(one.what, folded_thing(one.what, one.value)): one for one in reversed(found)}.values())[
        ::-1
    ]
