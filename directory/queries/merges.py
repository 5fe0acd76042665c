"""Listings that are part of another one, as moderators read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.moved_listing import MovedListing
from directory.models.service import Service


@dataclass(frozen=True, slots=True)
class Merge:
    """That one listing leads to another. other_id, other: the one at the other end; its name is '' once it is gone."""

    other_id: int
    other: str
    reason: str
    merged_on: date


def merged_into(session: Session, service_id: int) -> Merge | None:
    """Where a listing leads; None where it stands for itself."""
    query = (
        select(MovedListing.service_id, Service.name, MovedListing.reason, MovedListing.moved_on)
        .join(Service, Service.id == MovedListing.service_id)
        .where(MovedListing.old_id == service_id)
    )
    row = session.execute(query).one_or_none()
    return Merge(*row) if row else None


def merged_here(session: Session, service_id: int) -> tuple[Merge, ...]:
    """What leads to a listing, by the number."""
    query = (
        select(MovedListing.old_id, Service.name, MovedListing.reason, MovedListing.moved_on)
        .outerjoin(Service, Service.id == MovedListing.old_id)
        .where(MovedListing.service_id == service_id)
        .order_by(MovedListing.old_id)
    )
    return tuple(Merge(number, name or "", why, on) for number, name, why, on in session.execute(query))
