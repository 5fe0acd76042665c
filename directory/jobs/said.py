"""What was said of services while their owners had had a mail of the same week already: told when the week is over."""

from __future__ import annotations

import logging
from datetime import datetime

from directory.actions.tell_owners import left_over, tell_left_over
from directory.db import Database
from directory.reference.hours import LONDON

logger = logging.getLogger(__name__)


def tell_what_was_left_over(database: Database, now: datetime) -> int:
    """Write the mails that are due; returns how many. Several workers may do it at once: nobody is told twice."""
    today = now.astimezone(LONDON).date()
    # Hardly ever is anything due; nobody who writes waits while that is found out.
    with database.reading() as session:
        if not left_over(session, now=now, today=today):
            return 0
    with database.transaction() as session:
        written = tell_left_over(session, now=now, today=today)
    if written:
        logger.info("%s mails tell of what was said of services.", written)
    return written
