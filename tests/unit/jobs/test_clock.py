"""The clock: every job has its turn, whatever the others do; and it ends when told."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

import pytest
from flask import Flask

from directory.config import settings_from
from directory.jobs.clock import Clock
from directory.jobs.start import start_jobs


def test_a_job_that_fails_is_logged_and_keeps_no_other_from_its_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    def fails() -> None:
        raise OSError("the disk is full")

    with caplog.at_level(logging.ERROR):
        Clock({"first": fails, "second": lambda: done.append("second")}).run_once()
    assert done == ["second"]
    assert "The job first failed" in caplog.text


def test_jobs_run_again_and_again_until_the_clock_is_stopped() -> None:
    ran = threading.Semaphore(0)
    clock = Clock({"one": ran.release}, first_after_s=0, every_s=0.001)
    clock.start()
    clock.start()
    assert all(ran.acquire(timeout=10) for _time in range(3))
    clock.stop()
    assert not [each for each in threading.enumerate() if each.name == "clock"]


def test_no_clock_runs_where_the_settings_say_so(listed_app: Flask) -> None:
    quiet = Flask("quiet")
    quiet.config["SETTINGS"] = replace(listed_app.config["SETTINGS"], jobs=False)
    assert start_jobs(quiet) is None
    assert settings_from({"SECRET_KEY": "x" * 32, "JOBS": "off"}).jobs is False
    assert settings_from({"SECRET_KEY": "x" * 32}).jobs is True
