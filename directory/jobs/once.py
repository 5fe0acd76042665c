"""Work that is done once for each period, whichever worker comes first."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from directory.actions.job_runs import claim_run, end_run, give_run_back, keep_run
from directory.db import Database
from directory.reference.hours import now_utc

KEEP_EVERY = timedelta(minutes=5)
"""How often a worker says that it is still at it; much shorter than a claim lasts."""

logger = logging.getLogger(__name__)


def run_once(
    database: Database,
    job: str,
    period: str,
    work: Callable[[], None],
    now: datetime,
    *,
    keep_every: timedelta = KEEP_EVERY,
) -> bool:
    """Do the work unless it was done, or is being done, for this period. Says whether it was done here and now.

    period: such as '2026-11-26' for work of each day. A worker that died is taken over from after an hour; one that
    lives says so all the while, so that two are never at it. Work that fails is given back, for the next turn, and
    its error raised: whatever it had committed by then it must be able to meet again.
    """
    claimed_by = f"{os.getpid()} {secrets.token_hex(6)}"
    with database.transaction() as session:
        if not claim_run(session, job, period, claimed_by, now=now):
            return False
    with _kept(database, job, period, claimed_by, keep_every):
        try:
            work()
        except BaseException:
            # Where even this cannot be written, the claim ends by itself after its hour.
            with suppress(OperationalError), database.transaction() as session:
                give_run_back(session, job, period, claimed_by)
            raise
    with database.transaction() as session:
        end_run(session, job, period, claimed_by, now=now_utc())
    return True


@contextmanager
def _kept(
    database: Database, job: str, period: str, claimed_by: str, keep_every: timedelta
) -> Iterator[None]:
    """While this lasts, a thread renews the claim."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(keep_every.total_seconds()):
            try:
                with database.transaction() as session:
                    keep_run(session, job, period, claimed_by, now=now_utc())
            except Exception:
                # The work itself may hold the database; there is time for many more turns.
                logger.warning("The claim on the job %s could not be renewed. It is tried again.", job)

    thread = threading.Thread(target=keep, name=f"keeping {job}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
