"""Which jobs a worker runs."""

from __future__ import annotations

from flask import Flask

from directory.jobs.clock import Clock
from directory.jobs.reminders import send_due_reminders
from directory.jobs.weekly_snapshot import take_weekly_snapshot
from directory.reference.hours import now_utc, today_in_london


def start_jobs(app: Flask) -> Clock | None:
    """Start the clock of a worker; None where the settings say that no jobs are run."""
    if not app.config["SETTINGS"].jobs:
        return None
    database, matrix = app.extensions["database"], app.extensions["matrix"]

    def weekly_snapshot() -> None:
        take_weekly_snapshot(database, matrix, today_in_london())

    def reminders() -> None:
        # Each organisation's turn is taken in the database: asked every hour, it writes to nobody twice.
        send_due_reminders(database, app.config["SETTINGS"], now_utc())

    clock = Clock({"weekly snapshot": weekly_snapshot, "reminders": reminders})
    clock.start()
    return clock
