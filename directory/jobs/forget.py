"""What has been kept for its time is forgotten. Several workers may do it at once; nothing is done twice."""

from __future__ import annotations

import logging

from directory.actions.accounts.retention import forget_old
from directory.db import Database
from directory.reference.hours import now_utc

logger = logging.getLogger(__name__)


def forget(database: Database) -> None:
    """Forget what is old. Says how many rows, and nothing of what they held."""
    with database.transaction() as session:
        forgotten = forget_old(session, now_utc())
    if forgotten.total:
        logger.info("Forgot what was old, in %s rows.", forgotten.total)
