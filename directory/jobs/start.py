"""Which jobs a worker runs."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from directory.clients.smtp import CONNECT_S, TAKEN_S
from directory.jobs.clock import Clock, Job
from directory.jobs.forget import forget
from directory.jobs.mail import mail_jobs
from directory.jobs.reminders import send_due_reminders
from directory.jobs.said import tell_what_was_left_over
from directory.jobs.weekly_snapshot import take_weekly_snapshot
from directory.reference.hours import now_utc, today_in_london

STOP_WAIT_S = TAKEN_S + CONNECT_S
"""Longer than the answer to a whole mail may take: cut off before it, nobody would know whether it was taken."""


def start_jobs(app: Flask) -> Clock | None:
    """Start the clock of a worker; None where the settings say that no jobs are run."""
    if not app.config["SETTINGS"].jobs:
        return None
    database, matrix, settings = app.extensions["database"], app.extensions["matrix"], app.config["SETTINGS"]
    stopping = threading.Event()

    def weekly_snapshot() -> None:
        take_weekly_snapshot(database, matrix, today_in_london())

    def reminders() -> None:
        # Each organisation's turn is taken in the database: asked every hour, it writes to nobody twice.
        send_due_reminders(database, settings, now_utc())

    def said_of_services() -> None:
        tell_what_was_left_over(database, now_utc())

    def forget_what_is_old() -> None:
        forget(database, settings.people)

    clock = Clock(
        (
            *mail_jobs(database, settings, stopping),
            Job("weekly snapshot", weekly_snapshot),
            Job("reminders", reminders),
            Job("said of services", said_of_services),
            Job("forget", forget_what_is_old),
        ),
        stopping=stopping,
    )
    clock.start()
    app.extensions["clock"] = clock
    return clock


def stop_jobs(
    app: Flask, *, wait_s: float = STOP_WAIT_S, meanwhile: Callable[[], object] = lambda: None
) -> bool:
    """Let the clock of a worker end with the mail, or the job, that it is at; for a worker that is about to end.

    Returns whether it has. A mail that is cut off nevertheless, here or by whoever kills the process sooner, stays
    claimed; after ten minutes it counts as unsure, and is handed over once more with the same Message-ID.
    meanwhile: as in `Clock.stop`.
    """
    clock: Clock | None = app.extensions.get("clock")
    return clock is None or clock.stop(wait_s=wait_s, meanwhile=meanwhile)
