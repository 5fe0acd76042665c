"""Connections that send a byte now and then: others are answered meanwhile."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.browser.conftest import serve

SLOW = 12
"""Fewer than the threads of one worker: what the README promises without a proxy in front."""
ANSWER_S_MAX = 20
"""Below gunicorn's own 30: who waits for a slow sender would wait for longer than that."""


@contextmanager
def begun(port: int, head: bytes) -> Iterator[socket.socket]:
    """A connection that has sent so much."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head)
        yield connection


@pytest.fixture(scope="module")
def address(listed_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """gunicorn, as `make run` starts it."""
    log: Path = tmp_path_factory.mktemp("slow") / "site.log"
    for address in serve(listed_app, log):
        for _time in range(4):  # Both workers have made their first page.
            urllib.request.urlopen(address, timeout=60).close()  # noqa: S310  # our own server
        yield address


@pytest.mark.parametrize(
    "head",
    [
        b"POST /my-list/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nservice=",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /find HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplace",
    ],
    ids=["body", "headers", "chunks"],
)
def test_slow_senders_keep_nobody_from_reading_or_leaving(address: str, head: bytes) -> None:
    port = urlsplit(address).port or 0
    with ExitStack() as stack:
        slow = [stack.enter_context(begun(port, head)) for _each in range(SLOW)]
        for path in ("/", "/safety", "/healthz"):
            for connection in slow:
                connection.sendall(b"a")
            began = time.monotonic()
            with urllib.request.urlopen(address + path, timeout=30) as answer:  # noqa: S310  # our own server
                assert answer.status == 200
            assert time.monotonic() - began < ANSWER_S_MAX


def test_a_request_that_could_be_read_in_two_ways_is_refused(address: str) -> None:
    """Two lengths, or a length and chunks: what a proxy and the site might part differently."""
    port = urlsplit(address).port or 0
    for headers in (
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content-Length: +5\r\n",
        b"Content Length: 5\r\n",
    ):
        head = b"POST /find HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\nplace=PE1\r\n\r\n"
        with begun(port, head) as connection:
            assert connection.recv(200).split()[1] in {b"400", b"501"}, headers
