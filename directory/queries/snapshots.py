"""Snapshots that were taken: which there are, and the matrix of one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.matrix.changes import Gone
from directory.matrix.snapshot import KeptDecision, Labels, unpacked
from directory.models.tables import MovedListing, Service
from directory.models.tables import Snapshot as SnapshotRow
from directory.queries.current_matrix import MatrixWorld
from directory.queries.listings import listings_version
from directory.queries.snapshot_content import digits_of, world_again
from directory.queries.snapshot_today import as_shown_today
from directory.tables_of_day import Tables

WORLDS_KEPT = 4
"""How many snapshots' worlds a process keeps: enough for those who read one page after another."""


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """What is told of a snapshot besides its content; see directory.models.snapshot."""

    id: int
    fingerprint: str
    taken_on: date
    taken_at: datetime
    iso_week: str | None
    reason: str
    services: int
    statements: int


@dataclass(frozen=True, slots=True)
class SnapshotWorld:
    """The matrix of a snapshot, and the words of its day.

    agrees: whether today's rules give the states that were there; False once the rules have changed.
    day: the tables that gaps, need and access rest on; None in a snapshot of the first form, which holds none.
    decisions, postcodes: see SnapshotContent.
    """

    view: SnapshotView
    world: MatrixWorld
    labels: Labels
    tables: Mapping[str, str]
    agrees: bool
    day: Tables | None
    decisions: Mapping[str, Mapping[str, tuple[KeptDecision, ...]]]
    postcodes: str


def list_snapshots(session: Session, *, most: int, before: int | None = None) -> tuple[SnapshotView, ...]:
    """The newest first; `before`: only those taken before that one."""
    query = select(SnapshotRow).order_by(SnapshotRow.id.desc()).limit(most)
    if before is not None:
        query = query.where(SnapshotRow.id < before)
    return tuple(_view(row) for row in session.scalars(query))


def has_week(session: Session, iso_week: str) -> bool:
    """Whether a snapshot stands for that week."""
    return session.scalar(select(SnapshotRow.id).where(SnapshotRow.iso_week == iso_week)) is not None


def open_snapshot(session: Session, number: int) -> SnapshotWorld:
    """A snapshot with its world. Raises NotFound.

    What must not be told today is left out before anything is worked out of it.
    """
    row = session.get(SnapshotRow, number)
    if row is None:
        raise NotFound(f"There is no snapshot {number}.")
    content = as_shown_today(session, unpacked(row.content))
    world = world_again(content)
    return SnapshotWorld(
        _view(row),
        world,
        content.labels,
        content.tables,
        digits_of(world) == content.states,
        Tables(content.texts) if content.texts else None,
        content.decisions,
        content.postcodes,
    )


def why_gone(session: Session, services: Iterable[int]) -> Mapping[int, Gone]:
    """Service → why the matrix no longer holds it: the service ended, or only its listing was taken off.

    A service of which nothing is stored any more was deleted as a listing; whether it still runs is not known.
    """
    wanted = frozenset(services)
    query = select(Service.id, Service.status, Service.listing).where(Service.id.in_(wanted))
    stored = {number: (status, listing) for number, status, listing in session.execute(query)}
    moved = set(session.scalars(select(MovedListing.old_id).where(MovedListing.old_id.in_(wanted))))
    return {
        number: Gone.PART_OF_ANOTHER if number in moved else _gone(*stored.get(number, ("", "")))
        for number in wanted
    }


def _gone(status: str, listing: str) -> Gone:
    if status == "defunct":
        return Gone.SERVICE_CLOSED
    if status == "inactive":
        return Gone.NOT_RUNNING
    return Gone.LISTING_TAKEN_OFF if listing else Gone.LISTING_DELETED


class SnapshotWorlds:
    """Keeps the last worlds that were opened, for as long as the listings stay as they are.

    A snapshot never changes, but a place in it may become confidential, or something in it be held.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, int], SnapshotWorld] = OrderedDict()

    def get(self, session: Session, number: int) -> SnapshotWorld:
        """The snapshot of that number. Raises NotFound."""
        key = (number, listings_version(session))
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = open_snapshot(session, number)
                self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > WORLDS_KEPT:
                self._kept.popitem(last=False)
        return found


def _view(row: SnapshotRow) -> SnapshotView:
    # SQLite gives the time back without its zone, which is always that of Greenwich.
    at = row.taken_at if row.taken_at.tzinfo else row.taken_at.replace(tzinfo=UTC)
    return SnapshotView(
        row.id, row.fingerprint, row.taken_on, at, row.iso_week, row.reason, row.services, row.statements
    )
