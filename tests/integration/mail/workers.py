"""Senders in processes of their own, as the server's workers are."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta
from multiprocessing.context import SpawnProcess

from directory.actions.mail.send import MailSender
from directory.clients.smtp import Smtp
from directory.db import Database
from directory.mail_address import read_mail_url
from directory.reference.hours import now_utc
from tests.outbox import SENDER

_SPAWN = multiprocessing.get_context("spawn")


def _send(url: str, mail_url: str, ahead: timedelta, start: object) -> None:
    database = Database(url)

    def clock() -> datetime:
        return now_utc() + ahead

    sender = MailSender(database, Smtp(read_mail_url(mail_url)), SENDER, clock=clock)
    if start is not None:
        start.wait()  # type: ignore[attr-defined]  # a Barrier of another process
    sender.send_due()


def start_sender(url: str, mail_url: str, *, ahead: timedelta = timedelta(0)) -> SpawnProcess:
    """A process that sends what is due. ahead: of the true time."""
    process = _SPAWN.Process(target=_send, args=(url, mail_url, ahead, None))
    process.start()
    return process


def send_together(url: str, mail_url: str, *, count: int) -> None:
    """So many processes that begin at the same moment, until all have ended."""
    start = _SPAWN.Barrier(count)
    running = [_SPAWN.Process(target=_send, args=(url, mail_url, timedelta(0), start)) for _ in range(count)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
        assert process.exitcode == 0
