"""When a listing was confirmed, something of it taken down or shown again, merged or un-merged.

For moderators; when it was confirmed is for its owner too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.audit import AuditEntry
from directory.models.confirmation import Confirmation
from directory.models.hold import Hold

ACTS = ("lift hold", "merge listings", "undo merge")


@dataclass(frozen=True, slots=True)
class ListingEvent:
    """One of them. what: 'confirmed', 'down', 'shown', 'merged' or 'unmerged'.

    role: '' where nobody kept whose act it was. about: the number, address or place; '' for the whole listing; for a
    merge the number of the other listing.
    words: why it was taken down, or how somebody made sure before it was shown again.
    """

    at: datetime
    what: str
    role: str
    about: str
    words: str = ""


def listing_events(session: Session, service_id: int) -> tuple[ListingEvent, ...]:
    """What happened to a listing besides its changes, the newest first."""
    query = select(AuditEntry).where(
        AuditEntry.about == "service", AuditEntry.about_id == service_id, AuditEntry.act.in_(ACTS)
    )
    entries = session.scalars(query).all()
    lifted_by = {one.details.get("hold"): one.role for one in entries if one.act == "lift hold"}
    found = [
        ListingEvent(
            one.at,
            "merged" if one.act == "merge listings" else "unmerged",
            one.role,
            one.details.get("into", ""),
        )
        for one in entries
        if one.act != "lift hold"
    ]
    for hold in session.scalars(select(Hold).where(Hold.service_id == service_id)):
        found.append(ListingEvent(hold.placed_at, "down", hold.role, hold.value, hold.reason))
        if hold.lifted_at is not None:
            role = lifted_by.get(str(hold.id), "")
            found.append(ListingEvent(hold.lifted_at, "shown", role, hold.value, hold.lifted_words))
    found += confirmations(session, service_id)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def confirmations(session: Session, service_id: int) -> tuple[ListingEvent, ...]:
    """When somebody said that everything in it is right, the newest first."""
    query = select(Confirmation).where(Confirmation.service_id == service_id)
    rows = session.scalars(query.order_by(Confirmation.confirmed_on.desc(), Confirmation.id.desc()))
    # Of a day nobody said an hour: noon is that day in London, too.
    return tuple(
        ListingEvent(datetime.combine(one.confirmed_on, time(12), UTC), "confirmed", one.role, "")
        for one in rows
    )
