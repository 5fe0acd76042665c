"""What was said of services while their owners had had a mail of the same week already: told when the week is over."""

from __future__ import annotations

import logging
from datetime import datetime

from directory.actions.tell_owners import tell_left_over
from directory.db import Database
from directory.reference.hours import LONDON

logger = logging.getLogger(__name__)


def tell_what_was_left_over(database: Database, now: datetime) -> int:
    """Write the mails that are due; returns how many. Several workers may do it at once: nobody is told twice."""
    with database.transaction() as session:
        written = tell_left_over(session, now=now, today=now.astimezone(LONDON).date())
    if written:
        logger.info("%s mails tell of what was said of services.", written)
    return written
