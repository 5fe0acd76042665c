"""Put back what a listing was: at once by a moderator where nothing of it was ever taken down, else as a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import apply_cells, as_written, checked, problem_of, stored_cells
from directory.actions.changes.channels import new_ways
from directory.actions.changes.holds import folded
from directory.actions.changes.propose import Proposal, Proposed, propose, store_change
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.rules import EDITABLE
from directory.actions.lines import places as read_places
from directory.actions.resolve import PlaceFinder
from directory.actions.said_words import without_a_case
from directory.actions.version import take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.service import Service
from directory.queries.people import acts_for

REASON_LENGTH_MAX = 500


def restore(session: Session, past_id: int, places: PlaceFinder, *, by: Actor, now: datetime) -> Proposed:
    """Make a listing what it was. The caller commits, and knows that this listing is theirs.

    What stands in the history was approved or imported once, so a moderator puts it back at once, unless a number, a
    page or a place of it was ever taken down, or she acts or acted for the organisation; then, and for everybody
    else, it waits for a second person.
    Raises NotFound, ChangeRefused.
    """
    take_turn(session)
    past = session.get(ListingPast, past_id)
    if past is None:
        raise NotFound(f"There is no version {past_id}.")
    here = stored_cells(session, past.service_id)
    was = {name: past.cells.get(name, "") for name in EDITABLE}
    wanted = as_written({name: cell for name, cell in was.items() if cell != here.get(name, "")})
    if not wanted:
        return Proposed(None, None)
    service = session.get_one(Service, past.service_id)
    is_near = acts_for(session, service.organisation_id, by.account_id, ever=True)
    if not by.is_moderator or is_near or ever_held(session, past.service_id, wanted):
        # Without its organisation nothing is published by standing: a version is put back whole.
        side = "moderator" if by.is_moderator and not is_near else "form"
        asked = Proposal(past.service_id, None, wanted, {}, source=side, kind="restore")
        return propose(session, asked, places, by=by, now=now)
    checked({**as_written(here), **wanted}, places)
    asked = Proposal(past.service_id, None, wanted, source="moderator", kind="restore")
    number = store_change(session, asked, wanted, "published", here, by, now)
    apply_cells(
        session, past.service_id, wanted, places, act="restored", role=by.role, now=now, change_id=number
    )
    record(session, by, "restore version", "service", past.service_id, now=now, version=str(past_id))
    return Proposed(number, None, tuple(wanted))


def ever_held(session: Session, service_id: int, cells: Mapping[str, str]) -> bool:
    """Whether a number, page or place in these columns was taken down once, whether or not it is shown again."""
    holds = session.execute(select(Hold.what, Hold.value).where(Hold.service_id == service_id)).all()
    down = {(what, folded(what, value)) for what, value in holds}
    if any(what == "listing" for what, _value in down):
        return True
    ways = {("route", way) for way in new_ways(cells)} | {("website", way) for way in new_ways(cells)}
    found = {
        ("place", folded("place", place.postcode or place.town))
        for place in read_places(cells.get("locations", ""))
    }
    return bool(down & (ways | found))


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
