"""The cookie of My list: ours alone, gone after 30 minutes, gone on leaving, and never trusted."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from directory.app import create_app
from directory.security.list_cookie import BYTES_MAX, COOKIE, IDLE_S, SALT
from tests.conftest import SECRET
from tests.integration.family.visits import choose, page, words

NOW = time.time()
ONE = [[], [[1, 0]]]


@pytest.fixture
def visitor(listed_app: Flask) -> Iterator[FlaskClient]:
    """A visitor of their own: no cookie of another test."""
    yield listed_app.test_client()


def signed(codes: object, *, key: str = SECRET, salt: str = SALT) -> str:
    cookie = URLSafeTimedSerializer(key, salt=salt).dumps(codes)
    assert isinstance(cookie, str)
    return cookie


def changed(cookie: str) -> str:
    """The same with one letter of what it says made another."""
    return ("A" if cookie[0] != "A" else "B") + cookie[1:]


def is_empty(visitor: FlaskClient) -> bool:
    return "Your list is empty." in words(page(visitor, "/my-list"))


def at(monkeypatch: pytest.MonkeyPatch, seconds_later: float) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW + seconds_later)


def test_a_list_is_signed_out_of_reach_of_scripts_and_ends_with_the_browser(visitor: FlaskClient) -> None:
    answer = visitor.post("/my-list/add", data={"service": 1})
    parts = {part.strip() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/", "SameSite=Lax"}
    assert not is_empty(visitor)


def test_on_a_public_site_and_over_tls_the_cookie_travels_only_sealed(listed_app: Flask) -> None:
    public = create_app(replace(listed_app.config["SETTINGS"], public=True)).test_client()
    assert "Secure" in public.post("/my-list/add", data={"service": 1}).headers["Set-Cookie"]
    answer = listed_app.test_client().post("/my-list/add", data={"service": 1}, base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]


# Named, because a signed cookie holds the time: as a test's name it would differ in each process.
NONE_OF_OURS = {
    "a letter": "x",
    "dots": "..",
    "three parts": "a.b.c",
    "no ASCII": "é",
    "SQL": "'; DROP TABLE service; --",
    "a letter changed": changed(signed(ONE)),
    "its end cut off": signed(ONE)[:-3],
    "no signature": signed(ONE).rsplit(".", 1)[0],
    "another key": signed(ONE, key="another key, also of thirty-two letters"),
    "another salt": signed(ONE, salt="words in an address"),
    "another shape": signed({"people": "all"}),
    "too many people": signed([[["mo", "3", -1]] * 40, []]),
    "for nobody in it": signed([[], [[1, 5]]]),
    "too many services": signed([[], [[number, 0] for number in range(1, 32)]]),
    "too long": signed(ONE) + "A" * BYTES_MAX,
    "signed SQL": signed([[], [["1 OR 1=1", 0]]]),
}


@pytest.mark.parametrize("sent", NONE_OF_OURS.values(), ids=NONE_OF_OURS.keys())
def test_a_cookie_that_is_none_of_ours_is_an_empty_list_and_is_taken_away(
    listed_app: Flask, sent: str
) -> None:
    # No browser's rules about cookies stand between this and the site.
    visitor = listed_app.test_client(use_cookies=False)
    answer = visitor.get("/my-list", headers={"Cookie": f"{COOKIE}={sent}"})
    assert answer.status_code == 200
    assert "Your list is empty." in answer.text
    assert f"{COOKIE}=;" in answer.headers["Set-Cookie"]


def test_after_thirty_minutes_without_use_the_list_is_empty_and_sending_it_again_does_not_help(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 0)
    choose(visitor, 1)
    kept = visitor.get_cookie(COOKIE)
    assert kept
    at(monkeypatch, IDLE_S + 2)
    answer = visitor.get("/my-list")
    assert "Your list is empty." in answer.text and "Your list was emptied" in answer.text
    assert visitor.get_cookie(COOKIE) is None
    visitor.set_cookie(COOKIE, kept.value)
    assert is_empty(visitor)


def test_whoever_adds_to_a_list_that_was_emptied_is_told(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Your list was emptied."
    person = {"relation": "mo", "group": "G3", "do": "add"}
    for number, (path, fields) in enumerate((("/my-list/add", {"service": 22}), ("/family", person)), 1):
        at(monkeypatch, number * IDLE_S * 2)
        choose(visitor, 1)
        at(monkeypatch, number * IDLE_S * 3 + 2)
        assert told in visitor.post(path, data=fields).text, path
        assert told not in visitor.get("/my-list").text, path
        visitor.get("/exit")


def test_each_use_gives_thirty_minutes_more(visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    choose(visitor, 1)
    for uses in range(1, 4):
        at(monkeypatch, uses * (IDLE_S - 60))
        assert not is_empty(visitor)


def test_the_next_page_warns_when_little_time_is_left_and_one_press_keeps_the_list(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 0)
    choose(visitor, 1)
    at(monkeypatch, IDLE_S - 9 * 60)
    assert "emptied in about 9 minutes" in words(page(visitor, "/safety"), "//*[@data-list-status]")
    answer = visitor.post("/my-list/keep", headers={"Referer": "http://localhost/safety"})
    assert answer.headers["Location"] == "/safety"
    assert words(page(visitor, "/safety"), "//*[@data-list-status]") == ""


def test_looking_at_other_pages_neither_writes_the_cookie_nor_counts_as_use(visitor: FlaskClient) -> None:
    choose(visitor, 1)
    for path in ("/", "/find/results", "/services/1", "/safety", "/list/1", "/compare/1"):
        assert "Set-Cookie" not in visitor.get(path).headers, path


def test_nobody_gets_a_cookie_by_reading_or_by_keeping_nothing(visitor: FlaskClient) -> None:
    for path in ("/family", "/family/results", "/my-list", "/my-list/sheet/1", "/my-list/working-sheet"):
        assert "Set-Cookie" not in visitor.get(path).headers, path
    assert "Set-Cookie" not in visitor.post("/my-list/keep").headers
    told = visitor.post("/my-list/keep", headers={"Accept": "application/json"})
    assert told.status_code == 410


def test_leaving_and_emptying_take_the_list_away(visitor: FlaskClient) -> None:
    for leave in (lambda: visitor.get("/exit"), lambda: visitor.post("/my-list/empty")):
        choose(visitor, 1)
        assert visitor.get_cookie(COOKIE)
        leave()
        assert visitor.get_cookie(COOKIE) is None
        assert is_empty(visitor)


def test_no_log_line_holds_anything_of_a_list(visitor: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.post("/family", data={"relation": "br", "group": "G5", "age": "11-15", "do": "add"})
        choose(visitor, 106, 1)
        page(visitor, "/my-list")
        visitor.post("/my-list/add", data={"service": "zebra"})
        cookie = visitor.get_cookie(COOKIE)
    assert cookie
    for told in ("106", "brother", "G5", "11-15", "zebra", cookie.value, cookie.value.split(".")[0]):
        assert told not in caplog.text
