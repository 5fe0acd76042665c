"""What already waits for one listing, column by column: for whoever is about to ask for the same once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models.proposed_change import ProposedChange

_STAFF = frozenset({"moderator", "correction"})
OWN_SOURCES = frozenset({"form", "spreadsheet", "confirm link"})
"""What an organisation sends itself; the other sources are staff's."""


def sources_of_one_side(source: str) -> frozenset[str]:
    """The sources of the side that this one is of: the organisation's own, or staff's."""
    return _STAFF if source in _STAFF else OWN_SOURCES


@dataclass(frozen=True, slots=True)
class WaitingCell:
    """One column of a change that waits. is_ours: of the side that asks, so that a newer one takes its place.

    by: the account that sent it; None where it is gone, or there never was one.
    """

    change_id: int
    column: str
    cell: str
    since: datetime
    role: str
    source: str
    is_ours: bool
    by: int | None = None


def waiting_cells(
    session: Session, service_id: int | None, source: str, columns: Collection[str]
) -> dict[str, tuple[WaitingCell, ...]]:
    """Column → what waits to be put there, the oldest first; nothing for a service that is not listed yet."""
    if service_id is None:
        return {}
    query = (
        select(ProposedChange)
        .where(ProposedChange.service_id == service_id, ProposedChange.state == "waiting")
        .order_by(ProposedChange.sent_at, ProposedChange.id)
    )
    found: dict[str, tuple[WaitingCell, ...]] = {}
    ours = sources_of_one_side(source)
    for change in session.scalars(query):
        since = change.sent_at or change.made_at
        for name, cell in change.cells.items():
            if name in columns:
                one = WaitingCell(
                    change.id,
                    name,
                    cell,
                    since,
                    change.role,
                    change.source,
                    change.source in ours,
                    change.proposed_by,
                )
                found[name] = (*found.get(name, ()), one)
    return found


def own_waiting(waiting: Mapping[str, tuple[WaitingCell, ...]]) -> dict[str, str]:
    """Column → the newest that the side that asks wants to see there."""
    return {name: one.cell for name, cells in waiting.items() for one in cells if one.is_ours}


def contradicting(session: Session) -> dict[int, tuple[int, ...]]:
    """Change → the others that wait for the same listing and ask for something else in one of the same columns."""
    query = (
        select(ProposedChange.id, ProposedChange.service_id, ProposedChange.cells)
        .where(ProposedChange.state == "waiting", ProposedChange.service_id.is_not(None))
        .order_by(ProposedChange.service_id, ProposedChange.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    of_listing: dict[int | None, list[tuple[int, dict[str, str]]]] = {}
    for number, service_id, cells in session.execute(query):
        for other, held in of_listing.setdefault(service_id, []):
            if any(held[name] != cells[name] for name in held.keys() & cells.keys()):
                found[number] = (*found.get(number, ()), other)
                found[other] = (*found.get(other, ()), number)
        of_listing[service_id].append((number, cells))
    return found


def count_waiting(session: Session, service_id: int) -> int:
    """How many changes of one listing wait for a second person."""
    query = select(func.count()).where(
        ProposedChange.service_id == service_id, ProposedChange.state == "waiting"
    )
    return session.scalar(query) or 0
