"""What has been kept for its time is forgotten. Several workers may do it at once; nothing is done twice."""

from __future__ import annotations

import logging

from directory.actions.accounts.retention import forget_old
from directory.actions.accounts.run_out import end_what_runs_out
from directory.config import PeopleTimes
from directory.db import Database
from directory.reference.hours import now_utc

logger = logging.getLogger(__name__)


def forget(database: Database, times: PeopleTimes) -> None:
    """Forget what is old, and end what has run out. Says how many rows, and nothing of what they held."""
    now = now_utc()
    with database.transaction() as session:
        forgotten = forget_old(session, now)
    with database.transaction() as session:
        ended = end_what_runs_out(session, times, now)
    if ended:
        logger.info("Ended or told of %s accounts, requests and corrections whose time has passed.", ended)
    if forgotten.total:
        logger.info("Forgot what was old, in %s rows.", forgotten.total)
