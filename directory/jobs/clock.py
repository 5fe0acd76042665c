"""The clock: a thread in each worker that runs each job once an hour. Jobs see to it that they do their work once.

Started by gunicorn after a worker has been forked, for a thread does not live through
a fork; never by a command or a test. A job that fails is written to the log and asked
again at the next hour.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

FIRST_AFTER_S = 30.0
"""A worker serves first: its jobs wait this long after its start."""
EVERY_S = 3600.0

logger = logging.getLogger(__name__)


class Clock:
    """Runs named jobs in turn, in one thread that ends with its process."""

    def __init__(
        self,
        jobs: Mapping[str, Callable[[], None]],
        *,
        first_after_s: float = FIRST_AFTER_S,
        every_s: float = EVERY_S,
    ) -> None:
        self._jobs = dict(jobs)
        self._first_after_s = first_after_s
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a clock that runs already goes on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
            self._thread.start()

    def stop(self, *, wait_s: float = 10.0) -> None:
        """End after the job that is being run."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(wait_s)

    def _run(self) -> None:
        wait_s = self._first_after_s
        while not self._stop.wait(wait_s):
            self.run_once()
            wait_s = self._every_s

    def run_once(self) -> None:
        """Each job in turn, whatever becomes of the others."""
        for name, job in self._jobs.items():
            try:
                job()
            except Exception:
                logger.exception("The job %s failed. It is tried again within the hour.", name)
