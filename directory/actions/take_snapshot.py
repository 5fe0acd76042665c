"""Take a snapshot of the matrix: once for each distinct content, and at most once for each week."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from directory.db import Database
from directory.errors import RuleBroken
from directory.matrix.snapshot import canonical, fingerprint, packed
from directory.models.snapshot import REASONS
from directory.models.tables import Snapshot
from directory.queries.current_matrix import MatrixWorld
from directory.queries.gap_register import public_decisions
from directory.queries.snapshot_content import content_of
from directory.reference.hours import now_utc

WAIT_S = 2.0
"""How long a page waits for another writer before it goes without a permanent address."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot of this content: its number, and whether it was taken just now."""

    number: int
    is_new: bool


def iso_week(day: date) -> str:
    """'2026-W48': the week of a day, as ISO 8601 counts them."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def take_snapshot(session: Session, world: MatrixWorld, *, reason: str) -> Taken:
    """Store the world, unless the same is stored already. The caller commits.

    reason: 'command', 'weekly' or 'asked'. A weekly one also stands for the week of its day, if none
    does yet; of several workers that try at once, one succeeds and the others find its snapshot.
    Raises RuleBroken for another reason.
    """
    if reason not in REASONS:
        raise RuleBroken("reason", f"‘{reason}’ is no reason for a snapshot. Use {', '.join(REASONS)}.")
    data = canonical(content_of(world, public_decisions(session)))
    mark = fingerprint(data)
    taken = _stored(session, mark) or _add(session, world, mark, packed(data), reason)
    if reason == "weekly":
        _stand_for_week(session, taken.number, iso_week(world.rules.today))
    return taken


def _stored(session: Session, mark: str) -> Taken | None:
    number = session.scalar(select(Snapshot.id).where(Snapshot.fingerprint == mark))
    return None if number is None else Taken(number, is_new=False)


def _add(session: Session, world: MatrixWorld, mark: str, content: bytes, reason: str) -> Taken:
    row = Snapshot(
        fingerprint=mark,
        taken_on=world.rules.today,
        taken_at=now_utc().replace(microsecond=0),
        iso_week=None,
        reason=reason,
        services=len(world.services),
        statements=len(world.statements),
        content=content,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # On PostgreSQL two writers may both have found nothing; the first to write has won.
        found = _stored(session, mark)
        if found is None:
            raise
        return found
    return Taken(row.id, is_new=True)


def _stand_for_week(session: Session, number: int, week: str) -> None:
    if session.scalar(select(Snapshot.id).where(Snapshot.iso_week == week)) is not None:
        return
    row = session.get_one(Snapshot, number)
    try:
        with session.begin_nested():
            row.iso_week = week
    except IntegrityError:
        session.refresh(row)


class SnapshotKeeper:
    """Finds or takes the snapshot of a world for a page that reads.

    The one writer that opens its own transaction: a page must be shown also where nothing can be
    written, and what an anonymous visitor can cause to be written is bounded: one row for each
    change of listings, of statements, of decisions about gaps, or of the day.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known: dict[tuple[object, ...], int] = {}

    def number(self, world: MatrixWorld) -> int | None:
        """The number of the world's snapshot; None where none could be taken now. Cheap once it is there."""
        key = (world.versions, world.rules)
        found = self._known.get(key)
        if found is None:
            with self._lock:
                found = self._known.get(key)
                if found is None:
                    found = self._find_or_take(world)
                    # A world of yesterday is not asked for again.
                    self._known = {} if found is None else {key: found}
        return found

    def _find_or_take(self, world: MatrixWorld) -> int | None:
        try:
            with self._database.transaction(wait_s=WAIT_S) as session:
                return take_snapshot(session, world, reason="asked").number
        except OperationalError:
            logger.warning("No snapshot could be taken for a page: the database takes no writes now.")
            return None
