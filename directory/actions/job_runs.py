"""Claims on the work of a period: whoever adds the row does the work. The caller commits at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.models.outbox import JobRun

CLAIM_LASTS = timedelta(hours=1)
"""A worker that has not said for this long that it is still at it has died."""


def claim_run(session: Session, job: str, period: str, claimed_by: str, *, now: datetime) -> bool:
    """Whether the work is now this worker's: nobody had claimed it, or whoever had is dead and did not end it."""
    known = session.get(JobRun, (job, period))
    if known is None:
        try:
            with session.begin_nested():
                session.add(JobRun(job=job, period=period, claimed_by=claimed_by, claimed_at=now))
        except IntegrityError:
            # On PostgreSQL two may both have found nothing: the first to write has it.
            return False
        return True
    taken_over = (
        update(JobRun)
        .where(
            JobRun.job == job,
            JobRun.period == period,
            JobRun.done_at.is_(None),
            JobRun.claimed_at <= now - CLAIM_LASTS,
        )
        .values(claimed_by=claimed_by, claimed_at=now)
        .returning(JobRun.job)
    )
    return session.scalar(taken_over) is not None


def keep_run(session: Session, job: str, period: str, claimed_by: str, *, now: datetime) -> None:
    """Say that the worker is still at it."""
    session.execute(update(JobRun).where(*_own(job, period, claimed_by)).values(claimed_at=now))


def end_run(session: Session, job: str, period: str, claimed_by: str, *, now: datetime) -> None:
    """Say that the work is done, for good."""
    session.execute(update(JobRun).where(*_own(job, period, claimed_by)).values(done_at=now))


def give_run_back(session: Session, job: str, period: str, claimed_by: str) -> None:
    """It was not done: the next who asks may do it."""
    session.execute(delete(JobRun).where(*_own(job, period, claimed_by)))


def _own(job: str, period: str, claimed_by: str) -> tuple[ColumnElement[bool], ...]:
    return (
        JobRun.job == job,
        JobRun.period == period,
        JobRun.claimed_by == claimed_by,
        JobRun.done_at.is_(None),
    )
