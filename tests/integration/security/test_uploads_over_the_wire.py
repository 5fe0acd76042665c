"""Files that come slowly, or are too large, over real connections to real workers."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from directory.config import Settings
from directory.documents.upload_rows import BYTES_MAX
from tests.accounts import cookie_of, make_account, make_organisation
from tests.browser.conftest import serve
from tests.builders import import_rows, make_row
from tests.integration.matrix.grid_pages import database_of, small_site
from tests.integration.security.test_slow_bodies import ANSWER_S_MAX, SLOW, begun

ROWS = 600
PART = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
)
END = b"\r\n--b--\r\n"


@pytest.fixture(scope="module")
def site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A council's listings."""
    folder: Path = tmp_path_factory.mktemp("wire")
    address = f"sqlite:///{folder}/new.sqlite"
    site = small_site(replace(settings, database_url=address, database_read_url=address))
    rows = (make_row(id=number, name=f"Example Service {number}") for number in range(1, ROWS + 1))
    import_rows(database_of(site), folder / "rows.csv", *rows)
    return site


@pytest.fixture(scope="module")
def address(site: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """gunicorn, as `make run` starts it."""
    yield from serve(site, tmp_path_factory.mktemp("wire-log") / "site.log")


@pytest.fixture(scope="module")
def head(site: Flask, address: str) -> bytes:
    """The beginning of a request of hers, up to its length."""
    owner = make_account(database_of(site), owner_of=[make_organisation(database_of(site))])
    cookie = cookie_of(site, owner, address)
    lines = (
        "POST /my-listings/upload HTTP/1.1", f"Host: {urlsplit(address).netloc}", "Sec-Fetch-Site: same-origin",
        f"Cookie: {cookie['name']}={cookie['value']}", "Content-Type: multipart/form-data; boundary=b",
        "Connection: close", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def port_of(address: str) -> int:
    return urlsplit(address).port or 0


def test_slow_uploads_keep_nobody_from_reading_or_leaving(address: str, head: bytes) -> None:
    with ExitStack() as stack:
        slow = [
            stack.enter_context(begun(port_of(address), head + b"Content-Length: 500000\r\n\r\n" + PART))
            for _each in range(SLOW)
        ]
        for path in ("/safety", "/healthz"):
            for connection in slow:
                connection.sendall(b"a")
            began = time.monotonic()
            with urllib.request.urlopen(address + path, timeout=30) as answer:  # noqa: S310  # our own server
                assert answer.status == 200
            assert time.monotonic() - began < ANSWER_S_MAX


def test_a_file_that_says_it_is_too_large_is_refused_before_it_comes(address: str, head: bytes) -> None:
    with begun(port_of(address), head + b"Content-Length: 10000000000\r\n\r\n" + PART) as connection:
        assert connection.recv(200).split()[1] == b"413"


def test_a_file_that_does_not_say_how_large_it_is_is_cut_off_at_the_limit(address: str, head: bytes) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    began = head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(PART) + PART + b"\r\n"
    answer = b""
    with begun(port_of(address), began) as connection:
        try:
            for _each in range(BYTES_MAX // 0x10000 + 40):
                connection.sendall(chunk)
            connection.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # It need not listen to the end.
        try:
            answer = connection.recv(200)
        except ConnectionError:
            return
    assert answer.split()[1] == b"413"


def test_a_long_file_tells_how_far_it_is_while_it_is_read(address: str, head: bytes) -> None:
    """The first part of the page is there while the rest is still worked on, and the last part has the differences."""
    rows = "".join(f"{number},{'It is free. ' * 20}\n" for number in range(1, ROWS + 1))
    body = PART + f"id,cost_note\n{rows}".encode() + END
    with begun(port_of(address), head + b"Content-Length: %d\r\n\r\n" % len(body) + body) as connection:
        page = b""
        while piece := connection.recv(65_536):
            page += piece
    assert page.split()[1] == b"200" and b"Content-Length" not in page.split(b"\r\n\r\n")[0]
    told = page.decode(errors="replace")
    places = [told.index(f"{done} of {ROWS} rows are read.") for done in (250, 500, ROWS)]
    assert places == sorted(places) and told.index(f"{ROWS} changes") > places[-1]
    assert "Send all changes to moderation" in told
