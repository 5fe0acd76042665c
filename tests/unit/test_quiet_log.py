"""What the server's own log may say of a request."""

from __future__ import annotations

import datetime
import io
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from directory.security.quiet_log import QuietLog


@pytest.fixture
def log() -> tuple[QuietLog, io.StringIO]:
    made = QuietLog(Config())
    written = io.StringIO()
    made.error_log.handlers = [logging.StreamHandler(written)]
    made.error_log.propagate = False
    return made, written


def line(log: QuietLog, path: str, method: str = "GET") -> dict[str, Any]:
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1"}
    answer = SimpleNamespace(status="200 OK", headers=[], sent=1)
    request = SimpleNamespace(headers=[])
    return log.atoms(answer, request, environ, datetime.timedelta(seconds=1))


@pytest.mark.parametrize(
    "path", ["/", "/find", "/find/results", "/services/12", "/exit", "/static/built/app.0123456789ab.css"]
)
def test_a_page_of_ours_is_named(log: tuple[QuietLog, io.StringIO], path: str) -> None:
    assert line(log[0], path)["U"] == path


@pytest.mark.parametrize(
    "path",
    [
        "/PE1 1QL",
        "/find/PE11QL",
        "/find/results?at=PE11QL",
        "/\n[2026] A FORGED LINE",
        "/\x1b[31m",
        "/services/PE11QL",
        # Which door somebody opened says what has happened to them.
        "/start/e",
    ],
)
def test_anything_else_may_hold_what_somebody_typed_and_is_not_written(
    log: tuple[QuietLog, io.StringIO], path: str
) -> None:
    assert line(log[0], path)["U"] == "-"


def test_gunicorns_messages_lose_the_request_they_quote(log: tuple[QuietLog, io.StringIO]) -> None:
    quiet, written = log
    quiet.warning("Invalid request from ip=%s: %s", "192.0.2.1", "GET /find/results?t=typed")
    quiet.error("Error handling request %s", "/find/results?t=typed")
    quiet.exception("Error handling request /find/results?t=typed")
    quiet.warning("Exception during worker exit:\n%s", "ValueError: typed")
    assert "typed" not in written.getvalue() and "192.0.2.1" not in written.getvalue()
    assert "Error handling request" in written.getvalue() and "worker exit" in written.getvalue()


def test_other_messages_are_whole(log: tuple[QuietLog, io.StringIO]) -> None:
    quiet, written = log
    quiet.warning("Worker %s was slow", 7)
    assert written.getvalue().strip() == "Worker 7 was slow"
