"""A listing that moves to another organisation: what is held stays held, on both sides of the move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.hold import Hold
from directory.models.service import Service
from directory.reference.same_way import folded_thing


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
        own, theirs = standing(session, [service_id]), standing(session, siblings)
        session.add_all(copy_of(one, service_id) for one in missing(theirs, own))
        if siblings:
            session.add_all(copy_of(one, siblings[0]) for one in missing(own, theirs))
    session.flush()


def copy_of(hold: Hold, service_id: int) -> Hold:
    """The same of another service: as long as it stands, and whoever placed it."""
    return Hold(
        service_id=service_id,
        what=hold.what,
        value=hold.value,
        is_everywhere=hold.is_everywhere,
        reason=hold.reason,
        role=hold.role,
        placed_by=hold.placed_by,
        placed_at=hold.placed_at,
    )


def standing(session: Session, service_ids: Iterable[int]) -> list[Hold]:
    """What is held of these services now, but for whole listings; in the order in which it was placed."""
    query = select(Hold).where(
        Hold.service_id.in_(tuple(service_ids)), Hold.lifted_at.is_(None), Hold.what != "listing"
    )
    return list(session.scalars(query.order_by(Hold.id)))


def missing(holds: Iterable[Hold], there: Iterable[Hold]) -> list[Hold]:
    """Those of the holds of which nothing like it is held there, each once, however it is written."""
    first = {(one.what, folded_thing(one.what, one.value)): one for one in reversed(tuple(holds))}
    known = {(one.what, folded_thing(one.what, one.value)) for one in there}
    return [hold for key, hold in reversed(first.items()) if key not in known]
