"""Put back what a listing was: small facts at once by a moderator, unless they were taken down; else as a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import apply_cells, as_written, checked, problem_of, stored_cells
from directory.actions.changes.not_to_say import of_one_person
from directory.actions.changes.propose import Proposal, Proposed, propose, store_change
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.rules import EDITABLE, at_once
from directory.actions.lines import places as read_places
from directory.actions.lines import routes as read_routes
from directory.actions.listing_history import COMPARED
from directory.actions.resolve import PlaceFinder
from directory.actions.said_words import without_a_case
from directory.actions.version import take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.service import Service
from directory.queries.holds import ever_held_by
from directory.queries.people import acts_for

REASON_LENGTH_MAX = 500
SAYS_WHERE_FROM = frozenset({"source_groups", "source_types", "source_date", "seen_on", "confidence"})
"""What goes back with the facts that it belongs to, and leads nobody anywhere."""


def restore(session: Session, past_id: int, places: PlaceFinder, *, by: Actor, now: datetime) -> Proposed:
    """Make a listing what it was. The caller commits, and knows that this listing is theirs.

    A moderator puts small facts back at once. A number or an address that was theirs once need not be theirs still:
    where the version brings one, in its place or in words, or anything else that needs a second person, or what was
    ever taken down, or where she acts or acted for the organisation, it waits; and so it does for everybody else.
    What an organisation does not write, such as where a fact is from, goes back with the rest for a moderator alone:
    an import may have changed it.
    An import is not asked about one person's case: a cell that seems to hold such a thing stays as it is by now, and
    the rest goes back; where there is no rest, that is the refusal. Raises NotFound, ChangeRefused.
    """
    take_turn(session)
    past = session.get(ListingPast, past_id)
    if past is None:
        raise NotFound(f"There is no version {past_id}.")
    here = stored_cells(session, past.service_id)
    service = session.get_one(Service, past.service_id)
    is_near = acts_for(session, service.organisation_id, by.account_id, ever=True)
    # She who is near asks as the organisation does, and so for what it writes alone.
    columns = COMPARED if by.is_moderator and not is_near else EDITABLE
    was = {name: past.cells.get(name, "") for name in columns}
    wanted = as_written({name: cell for name, cell in was.items() if cell != here.get(name, "")})
    if not wanted:
        return Proposed(None, None)
    left_out = of_one_person(wanted, here)
    wanted = {name: cell for name, cell in wanted.items() if name not in {one.column for one in left_out}}
    if not wanted:
        raise ChangeRefused(left_out)
    is_small = at_once(wanted, here, standing=True) | SAYS_WHERE_FROM >= set(wanted)
    if not by.is_moderator or is_near or not is_small or ever_held(session, past.service_id, wanted):
        # Without its organisation nothing is published by standing: a version is put back whole.
        side = "moderator" if by.is_moderator and not is_near else "form"
        asked = Proposal(past.service_id, None, wanted, {}, source=side, kind="restore")
        return replace(propose(session, asked, places, by=by, now=now), left_out=tuple(left_out))
    checked({**as_written(here), **wanted}, places)
    asked = Proposal(past.service_id, None, wanted, source="moderator", kind="restore")
    number = store_change(session, asked, wanted, "published", here, by, now)
    apply_cells(
        session, past.service_id, wanted, places, act="restored", role=by.role, now=now, change_id=number
    )
    record(session, by, "restore version", "service", past.service_id, now=now, version=str(past_id))
    return Proposed(number, None, tuple(wanted), left_out=tuple(left_out))


def ever_held(session: Session, service_id: int, cells: Mapping[str, str]) -> bool:
    """Whether anything in these columns was taken down once, through whichever listing of the organisation, or for all.

    Whether or not it is shown again. Raises Refused for cells that cannot be read.
    """
    whole = select(Hold.id).where(Hold.service_id == service_id, Hold.what == "listing")
    if session.scalar(whole.limit(1)) is not None:
        return True
    held = ever_held_by(session, session.get_one(Service, service_id).organisation_id)
    routes = read_routes(cells.get("contact_routes", ""))
    places = read_places(cells.get("locations", ""))
    return (
        any(held.hides_way(route.value) for route in routes)
        or any(held.hides_page(cells.get(name, "")) for name in ("url", "organisation_url"))
        or any(held.hides_place(place.postcode, place.town) for place in places)
        or any(held.cleaned(cell) != cell for cell in cells.values())
    )


def close_service(
    session: Session, service_id: int, reason: str, places: PlaceFinder, *, by: Actor, now: datetime
) -> None:
    """A service that is closed for good: its page says so, and nobody finds it any more. The caller commits.

    Raises NotFound, RuleBroken('reason'), ChangeRefused.
    """
    said = " ".join(reason.split())
    if not said or len(said) > REASON_LENGTH_MAX:
        raise RuleBroken("reason", f"Say how you know, in 1 to {REASON_LENGTH_MAX} letters.")
    without_a_case("reason", said)
    if not by.is_moderator:
        raise ChangeRefused(
            [problem_of("status", "", "A moderator closes a listing.", "Propose it instead.")]
        )
    cells = {"status": "defunct", "listing_reason": said}
    apply_cells(session, service_id, cells, places, act="closed for good", role=by.role, now=now)
    record(session, by, "close service", "service", service_id, now=now)
