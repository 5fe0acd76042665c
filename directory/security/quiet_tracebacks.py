"""Tracebacks for the log that say where something broke and what kind of error it was, and hold nothing of anybody.

The words of an error may quote what somebody typed: PostgreSQL's say which address is taken already, a mail
server's whom it does not know. So they are written only for kinds of error that speak of machines and programs.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from smtplib import SMTPException
from typing import Any

from directory.db import DatabaseOutOfReach

SPEAKS_OF_MACHINES = (OSError, DatabaseOutOfReach, ImportError, NameError, AttributeError, TypeError)
QUOTES_PEOPLE = (SMTPException,)
"""The exceptions among them: the library makes its own out of OSError."""

BEFORE = "\nWhich followed from, or came while this was handled (the error above):\n\n"


class QuietRecord(logging.LogRecord):
    """A line of the log, whichever logger and handler it passes: its error is told, and then forgotten."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if self.exc_info and self.exc_info[1]:
            self.exc_text = told(self.exc_info[1])
            # A formatter or a service that writes errors in its own way finds none.
            self.exc_info = None


def write_quiet_tracebacks() -> None:
    """From now on, in this process. May be said again."""
    logging.setLogRecordFactory(QuietRecord)


def told(error: BaseException) -> str:
    """The traceback of an error and of those it came from, the first of them first."""
    return BEFORE.join(_told_alone(one) for one in reversed(list(_chain(error)))).rstrip("\n")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told_alone(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    speaks = isinstance(error, SPEAKS_OF_MACHINES) and not isinstance(error, QUOTES_PEOPLE)
    words = str(error) if speaks else "(what it says is not written: it may hold what somebody typed)"
    places = "".join(traceback.extract_tb(error.__traceback__).format())
    return f"Traceback (most recent call last):\n{places}{kind}: {words}\n"
