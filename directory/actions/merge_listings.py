"""Make one listing part of another: the old number leads on to the new one for good."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.actions.cells import unwrapped
from directory.actions.problem import Refused
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.moved_listing import MovedListing
from directory.models.service import Service

REASON_LENGTH_MAX = 300


def merge_listings(session: Session, old_id: int, new_id: int, *, because: str, today: date) -> str:
    """Lead from one number to another; returns the name of the listing it leads to. The caller commits.

    What led to the old number leads to the new one from now on, so that one step is always enough.
    because: shown on the new listing's page. today: the date in London.
    Raises NotFound, or RuleBroken('old', 'new' or 'because').
    """
    try:
        because = " ".join(unwrapped(because).split())
    except Refused as refused:
        raise RuleBroken("because", f"{refused.what} {refused.remedy}") from None
    if not because or len(because) > REASON_LENGTH_MAX:
        raise RuleBroken("because", f"Say why in 1 to {REASON_LENGTH_MAX} letters: people will read it.")
    if old_id == new_id:
        raise RuleBroken("new", "Name two listings: one cannot become part of itself.")
    take_turn(session)
    if session.get(Service, old_id) is None:
        raise NotFound(f"No service has the number {old_id}.")
    new = session.get(Service, new_id)
    if new is None:
        raise NotFound(f"No service has the number {new_id}.")
    for field, number in (("old", old_id), ("new", new_id)):
        if (moved := session.get(MovedListing, number)) is not None:
            raise RuleBroken(field, f"{number} is part of {moved.service_id} already. Use that number.")
    if new.listing != "listed" or new.status != "active" or new.inclusion_decision == "excluded":
        raise RuleBroken("new", f"{new_id} is not shown to the public. Choose a listing that is.")
    session.execute(update(MovedListing).where(MovedListing.service_id == old_id).values(service_id=new_id))
    session.add(MovedListing(old_id=old_id, service_id=new_id, reason=because, moved_on=today))
    bump_listings_version(session)
    return new.name
