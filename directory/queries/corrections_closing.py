"""When what visitors wrote closes by itself, for moderators to see before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models.correction import Correction
from directory.reference.hours import LONDON

NOBODY_DECIDED = "Nobody decided in time."
"""The result of one that nobody closed."""

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class ClosingSoon:
    """count: messages that close by themselves within 30 days; one that was sent twice counts twice. first: when."""

    count: int
    first: date


def closes_on(received_at: datetime, days: int) -> date:
    """The day in London on which an open one closes by itself. days: how long it may stay open."""
    return (received_at + timedelta(days=days)).astimezone(LONDON).date()


def closing_soon(session: Session, days: int, now: datetime) -> ClosingSoon | None:
    """Those that are next; None where none is. days: how long one may stay open."""
    query = select(func.sum(Correction.times), func.min(Correction.received_at)).where(
        Correction.closed_at.is_(None), Correction.received_at < now - timedelta(days=days - SOON_DAYS)
    )
    count, oldest = session.execute(query).one()
    # One that is past its time closes at the next turn of the jobs.
    return (
        ClosingSoon(int(count), max(closes_on(oldest, days), now.astimezone(LONDON).date()))
        if count
        else None
    )
