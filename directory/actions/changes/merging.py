"""A moderator makes one listing part of another, and takes that back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.merge_listings import MERGE, merge_listings
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.audit import AuditEntry
from directory.models.moved_listing import MovedListing
from directory.models.service import Service
from directory.queries.people import acts_for

UNDO = "undo merge"


def merge_by_moderator(
    session: Session, old_id: int, new_id: int, because: str, *, by: Actor, today: date, now: datetime
) -> str:
    """Lead from one number to another; returns the name of the listing it leads to. The caller commits.

    Raises NotFound, or RuleBroken('old', 'new' or 'because').
    """
    _nobody_near(session, "new", (old_id, new_id), by)
    return merge_listings(session, old_id, new_id, because=because, by=by, today=today, now=now)


def undo_merge(session: Session, old_id: int, *, by: Actor, now: datetime) -> None:
    """Show a listing under its own number again, with what led to it before; nothing where it is not merged.

    The caller commits. Raises NotFound, or RuleBroken('old').
    """
    take_turn(session)
    if session.get(Service, old_id) is None:
        raise NotFound(f"No service has the number {old_id}.")
    moved = session.get(MovedListing, old_id, populate_existing=True)
    if moved is None:
        return
    now_leads_to = moved.service_id
    _nobody_near(session, "old", (old_id, now_leads_to), by)
    for number in _led_here(session, old_id):
        session.execute(
            update(MovedListing)
            .where(MovedListing.old_id == number, MovedListing.service_id == now_leads_to)
            .values(service_id=old_id)
        )
    session.delete(moved)
    session.flush()
    bump_listings_version(session)
    record(session, by, UNDO, "service", old_id, now=now, into=str(now_leads_to))


def _nobody_near(session: Session, field: str, numbers: tuple[int, ...], by: Actor) -> None:
    """Where families are led is for somebody who belongs to neither side. Raises RuleBroken."""
    for number in numbers:
        service = session.get(Service, number)
        if service is not None and acts_for(session, service.organisation_id, by.account_id, ever=True):
            raise RuleBroken(
                field, "You act or acted for one of these organisations, so somebody else has to do it."
            )


def _led_here(session: Session, old_id: int) -> tuple[int, ...]:
    """The old numbers that led to a listing when it was merged, as the log has them."""
    query = (
        select(AuditEntry.details)
        .where(AuditEntry.act == MERGE, AuditEntry.about == "service", AuditEntry.about_id == old_id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    details = session.scalar(query) or {}
    return tuple(int(number) for number in details.get("led_here", "").split(";") if number)
