"""Listings that are part of another one, and what they were, as moderators and owners read of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.moved_listing import MovedListing
from directory.models.service import Service
from directory.queries.history import Version, versions
from directory.queries.holds import HeldValues, current_holds, is_held

PLACES = frozenset({"locations", "confidential", "confidential_reason"})
"""Columns that may hold a place which its own organisation keeps private."""
WALK_IN = "walk-in"
"""The kind of a way to reach a service that is a place."""


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


def merged_histories(
    session: Session, service_id: int, columns: Collection[str]
) -> tuple[tuple[Merge, tuple[Version, ...]], ...]:
    """What leads to a listing, each with what it was, for the owner of the one that stays.

    columns: those that an organisation writes. Where it was another organisation's, nothing else is shown: no word
    of staff, none of its places, which are that one's to keep private, and nothing that is held.
    """
    merges = merged_here(session, service_id)
    if not merges:
        return ()
    ids = [service_id, *(one.other_id for one in merges)]
    organisations = dict(
        session.execute(select(Service.id, Service.organisation_id).where(Service.id.in_(ids))).all()
    )
    taken_down = set(session.scalars(select(Service.id).where(Service.id.in_(ids), is_held())))
    held = current_holds(session).of_anybody
    found = []
    for one in merges:
        shown = replace(one, other=held.cleaned(one.other), reason=held.cleaned(one.reason))
        past = versions(session, one.other_id)
        if organisations.get(one.other_id) != organisations.get(service_id):
            past = _of_others(past, frozenset(columns) - PLACES, held)
            if one.other_id in taken_down:
                shown, past = replace(shown, other=""), ()
        found.append((shown, past))
    return tuple(found)


def _of_others(past: Iterable[Version], columns: Collection[str], held: HeldValues) -> tuple[Version, ...]:
    """Versions with these columns alone; those in which nothing else had changed are left out."""
    found = []
    for version in past:
        changed = {
            name: (held.cleaned(_without_place(name, was)), held.cleaned(_without_place(name, became)))
            for name, (was, became) in version.changed.items()
            if name in columns
        }
        left = {name: both for name, both in changed.items() if both[0] != both[1]}
        if left or not version.changed:
            found.append(replace(version, changed=left))
    return tuple(found)


def _without_place(column: str, cell: str) -> str:
    """The ways to reach a service without those that are a place."""
    if column != "contact_routes":
        return cell
    return "\n".join(line for line in cell.splitlines() if line.split("|")[0].strip().casefold() != WALK_IN)
