"""What visitors wrote and nobody closed: it ends after a time, so that no text about somebody stays for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import THE_SITE
from directory.actions.audit import record
from directory.models.correction import Correction
from directory.queries.corrections_closing import NOBODY_DECIDED


def close_undecided(session: Session, days: int, *, now: datetime) -> int:
    """Close those that have been open for longer than `days`; returns how many. The caller commits.

    Their words go 30 days later, as those of any other that is closed.
    """
    old = session.scalars(
        select(Correction)
        .where(Correction.closed_at.is_(None), Correction.received_at < now - timedelta(days=days))
        .order_by(Correction.id)
        .with_for_update()
    ).all()
    for row in old:
        row.closed_at, row.result = now, NOBODY_DECIDED
        record(
            session, THE_SITE, "let correction run out", "service", row.service_id, now=now,
            correction=str(row.id),
        )  # fmt: skip
    return len(old)
