"""The reminders of each day: every organisation whose time has come is written to, one transaction each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from directory.actions.upkeep.link import Post
from directory.actions.upkeep.remind import remind
from directory.config import Settings
from directory.db import Database
from directory.queries.upkeep import organisations_with_owners

logger = logging.getLogger(__name__)


def send_due_reminders(
    database: Database,
    settings: Settings,
    now: datetime,
    *,
    each: Callable[[int, int | None], None] = lambda _organisation, _step: None,
) -> int:
    """Write the mails that are due into the outbox; returns how many. Stopped and run again it goes on where it was.

    each: told of each organisation's number, and the step of its mail or None where none was due.
    """
    if not settings.site_url:
        logger.warning("SITE_URL is not set, so no reminder can hold a link. None is sent.")
        return 0
    post = Post(settings.upkeep, settings.site_url, now)
    with database.reading() as session:
        organisations = organisations_with_owners(session)
    sent = 0
    for organisation_id in organisations:
        with database.transaction() as session:
            step = remind(session, organisation_id, post)
        sent += step is not None
        each(organisation_id, step)
    if sent:
        logger.info("%s reminders were written.", sent)
    return sent
