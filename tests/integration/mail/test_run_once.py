"""Work of a period: done once, by whoever comes first; by another where that one died."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory.actions.job_runs import claim_run, end_run
from directory.db import Database
from directory.jobs.once import run_once
from directory.models.outbox import JobRun
from directory.reference.hours import now_utc
from tests.builders import make_database

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def _run(url: str, done: str, start: object, *, dies: bool) -> None:
    database = Database(url)
    start.wait()  # type: ignore[attr-defined]  # a Barrier of another process

    def work() -> None:
        with open(done, "a") as file:
            file.write(f"{os.getpid()}\n")
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.3)

    run_once(database, "reminders", "2026-11-26", work, now_utc())


def at_once(url: str, done: Path, *, workers: int, dies: bool = False) -> int:
    """So many processes run the job; how often, ever, it was begun."""
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(workers)
    running = [
        spawn.Process(target=_run, args=(url, str(done), start), kwargs={"dies": dies})
        for _ in range(workers)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
        assert process.exitcode in ({0, -signal.SIGKILL} if dies else {0})
    return len(done.read_text().split()) if done.exists() else 0


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_four_processes_do_the_work_of_a_period_once(
    on: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/four.sqlite" if on == "sqlite" else request.getfixturevalue("postgres_url")
    make_database(url).dispose()
    assert at_once(url, tmp_path / "done", workers=4) == 1
    assert at_once(url, tmp_path / "done", workers=2) == 1


def test_a_holder_that_is_killed_is_taken_over_from_after_its_hour(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/killed.sqlite"
    database = make_database(url)
    assert at_once(url, tmp_path / "done", workers=1, dies=True) == 1
    done: list[str] = []

    def run(minutes: int) -> bool:
        now = now_utc() + timedelta(minutes=minutes)
        return run_once(database, "reminders", "2026-11-26", lambda: done.append("done"), now)

    assert [run(0), run(59), run(61), run(61), run(600)] == [False, False, True, False, False]
    assert done == ["done"]
    database.dispose()


def test_of_two_that_take_over_one_does(either_database: Database) -> None:
    later = NOW + timedelta(hours=2)
    for by, now, expected in [("a", NOW, True), ("b", later, True), ("c", later, False), ("a", later, False)]:
        with either_database.transaction() as session:
            assert claim_run(session, "job", "period", by, now=now) is expected
    # Whoever was taken over from cannot end it any more.
    with either_database.transaction() as session:
        end_run(session, "job", "period", "a", now=later)
        assert session.get_one(JobRun, ("job", "period")).done_at is None
        end_run(session, "job", "period", "b", now=later)
    with either_database.reading() as session:
        assert session.get_one(JobRun, ("job", "period")).done_at == later


def test_work_that_fails_is_given_back_and_done_at_the_next_turn(either_database: Database) -> None:
    def fails() -> None:
        raise OSError("the disk is full")

    done: list[int] = []
    with pytest.raises(OSError, match="full"):
        run_once(either_database, "job", "period", fails, NOW)
    assert run_once(either_database, "job", "period", lambda: done.append(1), NOW)
    assert not run_once(either_database, "job", "period", lambda: done.append(2), NOW)
    assert done == [1]


def test_each_period_and_each_job_has_its_own_work(either_database: Database) -> None:
    done: list[str] = []
    for job, period in [("a", "1"), ("a", "2"), ("b", "1"), ("a", "1")]:
        run_once(either_database, job, period, lambda told=job + period: done.append(told), NOW)
    assert done == ["a1", "a2", "b1"]


def test_a_worker_that_is_long_at_it_says_so_and_is_not_taken_over_from(database: Database) -> None:
    long_ago = now_utc() - timedelta(hours=5)
    kept = threading.Event()

    def long() -> None:
        for _time in range(200):
            with database.reading() as session:
                if session.get_one(JobRun, ("job", "period")).claimed_at > long_ago:
                    kept.set()
                    break
            time.sleep(0.05)
        assert not run_once(database, "job", "period", lambda: None, now_utc())

    assert run_once(database, "job", "period", long, long_ago, keep_every=timedelta(milliseconds=20))
    assert kept.is_set()
    assert not [each for each in threading.enumerate() if each.name.startswith("keeping")]
