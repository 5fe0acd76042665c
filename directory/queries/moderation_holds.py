"""What is held, for those who may know: never for a public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.hold import Hold
from directory.models.organisation import Organisation
from directory.models.service import Service


@dataclass(frozen=True, slots=True)
class NamedListing:
    """A stored listing, shown to the public or not."""

    id: int
    name: str
    organisation_id: int
    organisation: str
    status: str
    listing: str


@dataclass(frozen=True, slots=True)
class HoldView:
    """Something that is down. value: '' for the whole listing. placed_by: the account, None when it is gone."""

    id: int
    service_id: int
    name: str
    what: str
    value: str
    is_everywhere: bool
    reason: str
    role: str
    placed_by: int | None
    placed_at: datetime


def listing_named(session: Session, service_id: int) -> NamedListing | None:
    """The listing of that number, whatever its state."""
    query = (
        select(
            Service.id,
            Service.name,
            Service.organisation_id,
            Organisation.name,
            Service.status,
            Service.listing,
        )
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Service.id == service_id)
    )
    row = session.execute(query).one_or_none()
    return NamedListing(*row) if row else None


def holds_of(session: Session, service_id: int) -> tuple[HoldView, ...]:
    """What of one listing is down, the oldest first."""
    return tuple(one for one in every_open_hold(session) if one.service_id == service_id)


def every_open_hold(session: Session) -> tuple[HoldView, ...]:
    """What is down, the oldest first."""
    query = (
        select(Hold, Service.name)
        .join(Service, Service.id == Hold.service_id)
        .where(Hold.lifted_at.is_(None))
        .order_by(Hold.placed_at, Hold.id)
    )
    return tuple(
        HoldView(
            id=hold.id,
            service_id=hold.service_id,
            name=name,
            what=hold.what,
            value=hold.value,
            is_everywhere=hold.is_everywhere,
            reason=hold.reason,
            role=hold.role,
            placed_by=hold.placed_by,
            placed_at=hold.placed_at,
        )
        for hold, name in session.execute(query)
    )
