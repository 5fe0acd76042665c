"""The snapshot of each week: one for the week, whichever worker comes first."""

from __future__ import annotations

import logging
from datetime import date

from directory.actions.take_snapshot import iso_week, take_snapshot
from directory.db import Database
from directory.queries.current_matrix import CurrentMatrix
from directory.queries.snapshots import has_week

logger = logging.getLogger(__name__)


def take_weekly_snapshot(database: Database, matrix: CurrentMatrix, today: date) -> None:
    """Take this week's, unless there is one. today: the date in London."""
    week = iso_week(today)
    with database.reading() as session:
        if has_week(session, week):
            return
        world = matrix.get(session, today)
    with database.transaction() as session:
        taken = take_snapshot(session, world, reason="weekly")
    logger.info("Snapshot %s stands for week %s.", taken.number, week)
