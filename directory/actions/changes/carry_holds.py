"""A listing that moves to another organisation: what is held stays held, on both sides of the move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.hold import Hold
from directory.models.service import Service


def owners_of(session: Session, service_ids: Iterable[int]) -> dict[int, int]:
    """Service → its organisation, of those that exist."""
    query = select(Service.id, Service.organisation_id).where(Service.id.in_(tuple(service_ids)))
    return dict(session.execute(query).all())


def carry_holds(session: Session, before: Mapping[int, int]) -> None:
    """After services were written: copy what stands of holds for those that have moved. The caller commits.

    before: service → the organisation that it was of. A held value counts in all listings of an organisation, by way
    of the service of which it is held: the one that leaves takes a copy of its siblings' holds, and leaves one of its
    own to them.
    """
    now = owners_of(session, before)
    for service_id, organisation_id in sorted(before.items()):
        if now.get(service_id, organisation_id) == organisation_id:
            continue
        of_siblings = select(Service.id).where(
            Service.organisation_id == organisation_id, Service.id != service_id
        )
        siblings = session.scalars(of_siblings.order_by(Service.id)).all()
        own, theirs = _standing(session, [service_id]), _standing(session, siblings)
        _copy(session, theirs, own, service_id)
        if siblings:
            _copy(session, own, theirs, siblings[0])
    session.flush()


def _standing(session: Session, service_ids: Iterable[int]) -> list[Hold]:
    query = select(Hold).where(
        Hold.service_id.in_(tuple(service_ids)), Hold.lifted_at.is_(None), Hold.what != "listing"
    )
    return list(session.scalars(query.order_by(Hold.id)))


def _copy(session: Session, holds: Iterable[Hold], there: Iterable[Hold], service_id: int) -> None:
    known = {(one.what, one.value) for one in there}
    for one in holds:
        if (one.what, one.value) in known:
            continue
        known.add((one.what, one.value))
        session.add(
            Hold(
                service_id=service_id,
                what=one.what,
                value=one.value,
                is_everywhere=one.is_everywhere,
                reason=one.reason,
                role=one.role,
                placed_by=one.placed_by,
                placed_at=one.placed_at,
            )
        )
