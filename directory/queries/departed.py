"""Listings that are no longer where somebody looks for them: moved to another number, or not running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from directory.models.tables import MovedListing, Organisation, Service
from directory.queries.facts import is_moved, service_facts
from directory.queries.holds import current_holds, is_held
from directory.reference.groups import shown_as


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an old number leads: the service, why, and since when."""

    service_id: int
    reason: str
    moved_on: date


@dataclass(frozen=True, slots=True)
class Departed:
    """A service that was listed and does not run. status: 'defunct' (closed for good) or 'inactive'."""

    id: int
    name: str
    organisation: str
    status: str


def moved_to(session: Session, old_id: int) -> Moved | None:
    """Where the number leads on to; None when it does not. The reason is without what is held, of whomever."""
    found = session.get(MovedListing, old_id)
    if found is None:
        return None
    reason = current_holds(session).of_anybody.cleaned(found.reason)
    return Moved(found.service_id, reason, found.moved_on)


def departed(session: Session, service_id: int) -> Departed | None:
    """The service under that number if it was for the public and does not run; None for all others."""
    query = (
        select(Service.id, Service.name, Organisation.name, Service.status)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(
            Service.id == service_id,
            Service.listing == "listed",
            Service.status.in_(("defunct", "inactive")),
            Service.inclusion_decision != "excluded",
            ~is_moved(),
            ~is_held(),
        )
    )
    row = session.execute(query).one_or_none()
    return Departed(*row) if row else None


def held_listing(session: Session, service_id: int) -> frozenset[str] | None:
    """Whom a listing is for (shown groups) that is taken down while it is checked; None for all others."""
    where = and_(
        Service.id == service_id,
        Service.listing == "listed",
        Service.inclusion_decision != "excluded",
        is_held(),
        ~is_moved(),
    )
    facts = service_facts(session, where).get(service_id)
    return shown_as(facts.terms("group")) if facts is not None else None
