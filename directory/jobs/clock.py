"""The clock: a thread in each worker that runs each job at its own interval. Jobs see to it that work is done once.

Started by gunicorn after a worker has been forked, for a thread does not live through
a fork; never by a command or a test. A job that fails is written to the log and asked
again at its next turn.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FIRST_AFTER_S = 30.0
"""A worker serves first: its jobs wait this long after its start."""
HOURLY_S = 3600.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and how often. every_s, first_after_s: seconds after its last end, and after the start."""

    name: str
    work: Callable[[], object]
    every_s: float = HOURLY_S
    first_after_s: float = FIRST_AFTER_S


class Clock:
    """Runs jobs in turn, in one thread that ends with its process.

    stopping: is set when the clock is told to stop, for jobs that can end half-way.
    """

    def __init__(self, jobs: Sequence[Job], *, stopping: threading.Event | None = None) -> None:
        self._jobs = tuple(jobs)
        self._stopping = stopping or threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a clock that runs already goes on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
            self._thread.start()

    def stop(self, *, wait_s: float = 10.0, meanwhile: Callable[[], object] = lambda: None) -> bool:
        """End after the job that is being run. meanwhile: is called about every second of the wait.

        Returns whether it has ended; if not, its thread ends with the process, wherever it is.
        """
        self._stopping.set()
        until = time.monotonic() + wait_s
        while self._thread is not None and self._thread.is_alive() and time.monotonic() < until:
            meanwhile()
            self._thread.join(min(1.0, wait_s))
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        started = time.monotonic()
        due = [started + job.first_after_s for job in self._jobs]
        while due and not self._stopping.wait(max(0.0, min(due) - time.monotonic())):
            for at, job in enumerate(self._jobs):
                if due[at] <= time.monotonic() and not self._stopping.is_set():
                    run(job)
                    due[at] = time.monotonic() + job.every_s


def run(job: Job) -> None:
    """One turn of a job, whatever becomes of it."""
    try:
        job.work()
    except Exception:
        logger.exception("The job %s failed. It is tried again at its next turn.", job.name)
