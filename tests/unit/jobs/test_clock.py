"""The clock: every job has its turn, whatever the others do; and it ends when told."""

from __future__ import annotations

import logging
import runpy
import threading
from dataclasses import replace

import pytest
from flask import Flask

from directory.clients.smtp import TAKEN_S
from directory.config import ROOT, settings_from
from directory.jobs.clock import Clock, Job
from directory.jobs.start import STOP_WAIT_S, start_jobs, stop_jobs


def test_a_job_that_fails_is_logged_and_keeps_no_other_from_its_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = threading.Event()

    def fails() -> None:
        raise OSError("the disk is full")

    clock = Clock([Job("first", fails, first_after_s=0), Job("second", done.set, first_after_s=0)])
    with caplog.at_level(logging.ERROR):
        clock.start()
        assert done.wait(10)
    clock.stop()
    assert "The job first failed" in caplog.text


def test_jobs_run_again_and_again_until_the_clock_is_stopped() -> None:
    ran = threading.Semaphore(0)
    clock = Clock([Job("one", ran.release, every_s=0.001, first_after_s=0)])
    clock.start()
    clock.start()
    assert all(ran.acquire(timeout=10) for _time in range(3))
    clock.stop()
    assert not [each for each in threading.enumerate() if each.name == "clock"]


def test_each_job_has_its_own_interval() -> None:
    often, seldom, later = threading.Semaphore(0), [], []
    clock = Clock(
        [
            Job("seldom", lambda: seldom.append(1), every_s=3600, first_after_s=0),
            Job("later", lambda: later.append(1), every_s=0.001, first_after_s=3600),
            Job("often", often.release, every_s=0.001, first_after_s=0),
        ]
    )
    clock.start()
    assert all(often.acquire(timeout=10) for _time in range(20))
    clock.stop()
    assert (seldom, later) == ([1], [])


def test_a_clock_that_is_stopped_ends_with_the_job_that_it_is_at() -> None:
    begun, stopping, ended, never = threading.Event(), threading.Event(), [], []

    def long() -> None:
        begun.set()
        assert stopping.wait(10)
        ended.append(1)

    jobs = [Job("long", long, first_after_s=0), Job("next", lambda: never.append(1), first_after_s=0)]
    clock = Clock(jobs, stopping=stopping)
    clock.start()
    assert begun.wait(10)
    clock.stop()
    assert (ended, never) == ([1], [])


def test_a_worker_waits_longer_for_a_mail_than_its_answer_may_take() -> None:
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert TAKEN_S < STOP_WAIT_S < server["graceful_timeout"]


def test_a_worker_that_waits_for_a_mail_gives_signs_of_life_and_says_whether_it_got_its_answer() -> None:
    begun, answer, signs = threading.Event(), threading.Event(), []

    def hand_over() -> None:
        begun.set()
        answer.wait(20)

    app = Flask("worker")
    app.extensions["clock"] = clock = Clock([Job("mail", hand_over, first_after_s=0)])
    clock.start()
    assert begun.wait(10)
    assert stop_jobs(app, wait_s=0.05) is False

    def sign() -> None:
        signs.append(1)
        answer.set()

    assert stop_jobs(app, meanwhile=sign) is True and signs


def test_no_clock_runs_where_the_settings_say_so(listed_app: Flask) -> None:
    quiet = Flask("quiet")
    quiet.config["SETTINGS"] = replace(listed_app.config["SETTINGS"], jobs=False)
    assert start_jobs(quiet) is None
    assert settings_from({"SECRET_KEY": "x" * 32, "JOBS": "off"}).jobs is False
    assert settings_from({"SECRET_KEY": "x" * 32}).jobs is True
