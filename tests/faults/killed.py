"""Work in a process of its own that is killed at a random moment, and what it had said was done by then."""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from directory.db import Database

Say = Callable[[str], None]
Work = Callable[[Database, Say], None]
SECONDS_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """said: every line the work had said before its end; a line is said only once what it tells of is stored."""

    said: tuple[str, ...]
    was_killed: bool
    seconds: float


def run_and_kill(url: str, work: Work, after_s: float | None) -> Ended:
    """Run the work with a connection of its own; kill it (SIGKILL) after so long, or let it end.

    AssertionError if it fails by itself, or does not end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            database = Database(url)
            work(database, lambda line: _write(writing, line))
            # Ending is work too: the last connection puts the log back into the file.
            database.dispose()
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    began = time.monotonic()
    status = _wait(child, began + (SECONDS_MAX if after_s is None else after_s))
    if status is None:
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        assert after_s is not None, "the work did not end: it waits for what somebody dead still holds"
    with open(reading, encoding="utf-8") as file:
        # A line without its end was cut off while it was said.
        said = tuple(line[:-1] for line in file if line.endswith("\n"))
    was_killed = os.WIFSIGNALED(status)
    assert was_killed or os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return Ended(said, was_killed, time.monotonic() - began)


def random_moments(seconds: float, seed: int) -> random.Random:
    """A source of moments; its seed stands in the output of a test that fails."""
    print(f"An undisturbed run takes {seconds:.3f} s; the seed is {seed}.")  # noqa: T201
    return random.Random(seed)


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def _wait(child: int, until: float) -> int | None:
    """The child's status if it ends before that moment."""
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.0005)
    return None
