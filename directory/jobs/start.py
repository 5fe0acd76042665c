"""Which jobs a worker runs."""

from __future__ import annotations

import threading

from flask import Flask

from directory.jobs.clock import Clock, Job
from directory.jobs.mail import mail_jobs
from directory.jobs.weekly_snapshot import take_weekly_snapshot
from directory.reference.hours import today_in_london


def start_jobs(app: Flask) -> Clock | None:
    """Start the clock of a worker; None where the settings say that no jobs are run."""
    if not app.config["SETTINGS"].jobs:
        return None
    database, matrix = app.extensions["database"], app.extensions["matrix"]

    stopping = threading.Event()

    def weekly_snapshot() -> None:
        take_weekly_snapshot(database, matrix, today_in_london())

    clock = Clock(
        (
            *mail_jobs(database, app.config["SETTINGS"], stopping),
            Job("weekly snapshot", weekly_snapshot),
        ),
        stopping=stopping,
    )
    clock.start()
    app.extensions["clock"] = clock
    return clock


def stop_jobs(app: Flask) -> None:
    """Let the clock of a worker end with the mail, or the job, that it is at; for a worker that is about to end."""
    clock: Clock | None = app.extensions.get("clock")
    if clock is not None:
        clock.stop()
