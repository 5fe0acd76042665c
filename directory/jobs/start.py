"""Which jobs a worker runs."""

from __future__ import annotations

from flask import Flask

from directory.jobs.clock import Clock
from directory.jobs.forget import forget
from directory.jobs.weekly_snapshot import take_weekly_snapshot
from directory.reference.hours import today_in_london


def start_jobs(app: Flask) -> Clock | None:
    """Start the clock of a worker; None where the settings say that no jobs are run."""
    if not app.config["SETTINGS"].jobs:
        return None
    database, matrix = app.extensions["database"], app.extensions["matrix"]

    def weekly_snapshot() -> None:
        take_weekly_snapshot(database, matrix, today_in_london())

    def forget_what_is_old() -> None:
        forget(database)

    clock = Clock({"weekly snapshot": weekly_snapshot, "forget": forget_what_is_old})
    clock.start()
    return clock
