"""Mail: what waits in the outbox is sent within seconds. What it forgets is in `forget`, with all else."""

from __future__ import annotations

import threading

from directory.actions.mail.send import MailSender
from directory.clients.by_url import mail_client
from directory.config import Settings
from directory.db import Database
from directory.jobs.clock import Job

EVERY_S = 5.0
"""One question to an index; somebody may be waiting for a link to sign in."""


def mail_jobs(database: Database, settings: Settings, stopping: threading.Event) -> tuple[Job, ...]:
    """The job of a worker that sends."""
    sender = MailSender(database, mail_client(settings.mail_url), settings.mail_from)

    def send() -> None:
        sender.send_due(stop=stopping)

    return (Job("mail", send, every_s=EVERY_S, first_after_s=EVERY_S),)
