"""Mail: what waits in the outbox is sent within seconds, and what is no longer needed there is forgotten."""

from __future__ import annotations

import threading
from datetime import datetime

from directory.actions.mail.forget import forget_old_mail
from directory.actions.mail.send import MailSender
from directory.clients.by_url import mail_client
from directory.config import Settings
from directory.db import Database
from directory.jobs.clock import Job
from directory.jobs.once import run_once
from directory.reference.hours import LONDON, now_utc

EVERY_S = 5.0
"""One question to an index; somebody may be waiting for a link to sign in."""


def mail_jobs(database: Database, settings: Settings, stopping: threading.Event) -> tuple[Job, ...]:
    """The jobs of a worker: to send, and once a day to forget."""
    sender = MailSender(database, mail_client(settings.mail_url), settings.mail_from)

    def send() -> None:
        sender.send_due(stop=stopping)

    def forget() -> None:
        forget_each_day(database, now_utc())

    return (Job("mail", send, every_s=EVERY_S, first_after_s=EVERY_S), Job("forget old mail", forget))


def forget_each_day(database: Database, now: datetime) -> bool:
    """Forget what is old, once in each day of London. Says whether it was done now."""

    def forget() -> None:
        with database.transaction() as session:
            forget_old_mail(session, now=now)

    return run_once(database, "forget old mail", now.astimezone(LONDON).date().isoformat(), forget, now)
