"""Listings that are part of another one, and what they were, as moderators and owners read of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.moved_listing import MovedListing
from directory.models.service import Service
from directory.queries.history import Version, versions

PLACES = frozenset({"locations", "confidential", "confidential_reason"})
"""Columns that may hold a place which its own organisation keeps private."""


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


def merged_histories(session: Session, service_id: int) -> tuple[tuple[Merge, tuple[Version, ...]], ...]:
    """What leads to a listing, each with what it was, for the owner of the one that stays.

    Where it was another organisation's, without its places: those are that one's to keep private.
    """
    organisations = dict(
        session.execute(
            select(Service.id, Service.organisation_id).where(
                Service.id.in_([service_id, *(one.other_id for one in merged_here(session, service_id))])
            )
        ).all()
    )
    found = []
    for one in merged_here(session, service_id):
        past = versions(session, one.other_id)
        if organisations.get(one.other_id) != organisations.get(service_id):
            past = tuple(_without_places(version) for version in past)
        found.append((one, past))
    return tuple(found)


def _without_places(version: Version) -> Version:
    return replace(
        version, changed={name: both for name, both in version.changed.items() if name not in PLACES}
    )
