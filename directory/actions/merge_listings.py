"""Make one listing part of another: the old number leads on to the new one for good."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.cells import unwrapped
from directory.actions.changes.carry_holds import copy_of, missing, standing
from directory.actions.problem import Refused
from directory.actions.said_words import without_a_case, without_a_way
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.hold import Hold
from directory.models.moved_listing import MovedListing
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service

REASON_LENGTH_MAX = 300
MERGE = "merge listings"
"""What the log calls it."""


def merge_listings(
    session: Session, old_id: int, new_id: int, *, because: str, by: Actor, today: date, now: datetime
) -> str:
    """Lead from one number to another; returns the name of the listing it leads to. The caller commits.

    What led to the old number leads to the new one from now on, so that one step is always enough.
    The log keeps which numbers those were, so that the merge can be undone whole.
    because: shown on the new listing's page. today: the date in London.
    What is held of the old listing is held of the new one too. Raises NotFound, or RuleBroken('old', 'new' or
    'because'): also where a change of the old one waits, or the new one is not shown at present.
    """
    because = reason_of(because)
    if old_id == new_id:
        raise RuleBroken("new", "Name two listings: one cannot become part of itself.")
    take_turn(session)
    old = session.get(Service, old_id)
    if old is None:
        raise NotFound(f"No service has the number {old_id}.")
    new = session.get(Service, new_id)
    if new is None:
        raise NotFound(f"No service has the number {new_id}.")
    for field, number in (("old", old_id), ("new", new_id)):
        if (moved := session.get(MovedListing, number)) is not None:
            raise RuleBroken(field, f"{number} is part of {moved.service_id} already. Use that number.")
    if new.listing != "listed" or new.status != "active" or new.inclusion_decision == "excluded":
        raise RuleBroken("new", f"{new_id} is not shown to the public. Choose a listing that is.")
    down = select(Hold.id).where(Hold.service_id == new_id, Hold.lifted_at.is_(None), Hold.what == "listing")
    if session.scalar(down.limit(1)):
        raise RuleBroken("new", f"{new_id} is taken down at present. Look at that first.")
    waits = select(ProposedChange.id).filter_by(service_id=old_id, state="waiting").limit(1)
    if (waiting := session.scalar(waits)) is not None:
        raise RuleBroken("old", f"A change of {old_id} waits: decide on change {waiting} first.")
    _carry_holds(session, old, new)
    led_here = session.scalars(
        select(MovedListing.old_id).where(MovedListing.service_id == old_id).order_by(MovedListing.old_id)
    ).all()
    session.execute(update(MovedListing).where(MovedListing.service_id == old_id).values(service_id=new_id))
    session.add(MovedListing(old_id=old_id, service_id=new_id, reason=because, moved_on=today))
    bump_listings_version(session)
    record(
        session, by, MERGE, "service", old_id, now=now,
        into=str(new_id), led_here=";".join(str(number) for number in led_here),
    )  # fmt: skip
    return new.name


def reason_of(words: str) -> str:
    """Why two listings are one, on one line. Raises RuleBroken('because'): also for a number or an address.

    It stands on a public page, and no second person checks it there.
    """
    try:
        because = " ".join(unwrapped(words).split())
    except Refused as refused:
        raise RuleBroken("because", f"{refused.what} {refused.remedy}") from None
    if not because or len(because) > REASON_LENGTH_MAX:
        raise RuleBroken("because", f"Say why in 1 to {REASON_LENGTH_MAX} letters: people will read it.")
    return without_a_way("because", without_a_case("because", because))


def _carry_holds(session: Session, old: Service, new: Service) -> None:
    """A number, page or place that nobody is shown comes back by no merger: it stays down until somebody lifts it.

    Where the listings are of two organisations it also stays down in the other listings of the first one.
    """
    for hold in missing(standing(session, [old.id]), standing(session, [new.id])):
        if old.organisation_id == new.organisation_id:
            hold.service_id = new.id
        else:
            session.add(copy_of(hold, new.id))
