"""Whatever stands in an address, a query, a form or a header: a page of ours answers, and never that we failed.

Which names of a query or a form an endpoint reads is not written down here: it is asked once with
nothing, and what it looks for is taken down. So a page that is added tomorrow is attacked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from directory.app import create_app
from directory.config import Settings
from directory.security.small_request import SmallRequest
from directory.security.who_may import WHO_MAY
from tests.integration.security.roles import World, strongest, world

__all__ = ["world"]

MARK = "x9q<script>"
SHORT = ("-1", "1e309", "٣", MARK, "\ud800", "99999999999999999999")
HOSTILE = (
    *SHORT, "nan", "\x00", "a" * 3000, "{{7*7}}",
    " ", "0", "1.5", "-inf", "²", f"'\"></title>{MARK}", "{% x %}%(x)s{0}", "=1+1", "' OR 1=1 --",
    "a\r\nSet-Cookie: x=1", "\x1b[2J", "\u202e\u200b", "../../etc/passwd", "..%2f", "//evil.example/", "🙂",
    "https://evil.example", "E12000006", "G99.99", "g4.6", "+" * 300, "1-" * 900, "[]", "1,2,3", ".", "%ff",
)  # fmt: skip
FAKE_COOKIES = ("x", "a" * 5000, ".eJw.x.y", "W10.aaaaaa.bbbbbb", '"\\000"', "é", "[" * 4000)
HEADERS = (
    {"Host": "a b"}, {"Host": f"evil.example/{MARK}"}, {"Host": "[::1"}, {"Accept-Language": "x" * 4000},
    {"Accept-Language": "cy;q=nan, *;q=1e309"}, {"Sec-Fetch-Site": MARK}, {"X-Forwarded-For": MARK},
    {"X-Forwarded-Host": "evil.example"}, {"Content-Type": "multipart/form-data; boundary=\"'"},
    {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"}, {"If-None-Match": MARK},
    {"Range": "bytes=9-1"}, {"Content-Length": "-1"}, {"Content-Length": "many"}, {"Cookie": "=;;=\x01"},
)  # fmt: skip

_read: set[str] = set()


class Recorded(ImmutableMultiDict[str, str]):
    """A query or a form that takes down which names are looked for."""

    def get(self, key: str, *more: Any, **named: Any) -> Any:
        _read.add(key)
        return super().get(key, *more, **named)

    def getlist(self, key: str, *more: Any, **named: Any) -> Any:
        _read.add(key)
        return super().getlist(key, *more, **named)

    def __contains__(self, key: object) -> bool:
        _read.add(str(key))
        return super().__contains__(key)


class RecordingRequest(SmallRequest):
    """A request of the site whose query and form are recorded."""

    parameter_storage_class = Recorded


@pytest.fixture(scope="module")
def site(listed_app: Flask, settings: Settings) -> Flask:
    """The site with its real listings, as it answers when nobody debugs it."""
    app = create_app(replace(settings, rate_limits=False))
    app.request_class = RecordingRequest
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="module", autouse=True)
def _recorded(world: World) -> None:
    world.app.request_class = RecordingRequest


def ask(
    asks: FlaskClient, method: str, path: str, fields: Iterable[tuple[str, str]] = (), **more: Any
) -> None:
    """Ask, and see that the answer is one of ours."""
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in fields])
    if method == "POST":
        more = {"content_type": "application/x-www-form-urlencoded", "data": encoded} | more
    elif encoded:
        path = f"{path}?{encoded}"
    see(
        asks.open(path, method=method, **more),
        f"{method} {path[:200]} {encoded[:200]} {more}",
    )


def see(answer: TestResponse, what: str) -> None:
    """Never our failure; a refusal is a page in words; nothing typed comes back raw, and nobody is led away."""
    text = answer.data.decode("utf-8", "replace")
    assert answer.status_code < 500, what
    assert MARK not in text, what
    assert "49" not in re.findall(r"x9q.{9}", text), what
    if answer.status_code >= 400 and not answer.mimetype.startswith("image/"):
        assert "<h1" in text and "999" in text, what
    if 300 <= answer.status_code < 400 and answer.request.path != "/exit":
        assert re.match(r"/(?!/)", answer.headers["Location"]), what
    assert "evil.example" not in str(answer.headers), what
    cookies = answer.request.headers.get("Cookie", "")
    if answer.request.method == "GET" and "list" not in cookies and "session" not in cookies:
        assert "Set-Cookie" not in answer.headers, what


@pytest.mark.parametrize("endpoint", sorted(WHO_MAY))
def test_hostile_values_get_a_page_of_ours(site: Flask, world: World, endpoint: str) -> None:
    # A visitor meets all the real listings; whoever is signed in, or has a link from a mail, one of each record.
    is_open = WHO_MAY[endpoint] == "anyone"
    world.anew()
    for rule in site.url_map.iter_rules(endpoint):
        if is_open and "token" not in rule.arguments:
            asks = site.test_client(use_cookies=False)
        else:
            asks = world.browser(strongest(rule))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            attack(asks, world, rule, method, HOSTILE if is_open else SHORT)


def attack(asks: FlaskClient, world: World, rule: Rule, method: str, values: Sequence[str]) -> None:
    """Ask with one thing wrong at a time: each argument of the address, each field alone, and all of them."""
    _read.clear()
    ask(asks, method, world.address(rule))
    names = sorted(_read)
    for value in values:
        for argument in sorted(rule.arguments):
            ask(asks, method, world.address(rule, **{argument: value}))
        ask(asks, method, world.address(rule), [(name, value) for name in names])
    # A file reads its query as the page beside it does, and costs more.
    if not rule.rule.endswith((".csv", ".xlsx", ".docx")):
        for name in names:
            for value in SHORT:
                ask(asks, method, world.address(rule), [(name, value)])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "POST", "HEAD"])
def test_a_method_that_no_page_has_is_answered_in_words(site: Flask, method: str) -> None:
    for path in ("/", "/matrix/E06000031", "/my-list", "/gaps/E06000031/plain", "/static/x"):
        answer = site.test_client(use_cookies=False).open(path, method=method)
        assert answer.status_code < 500
        if answer.status_code >= 400 and method != "HEAD":
            assert "<h1" in answer.text


@pytest.mark.parametrize("cookie", FAKE_COOKIES)
def test_a_list_that_is_none_of_ours_breaks_no_page_and_is_taken_away(site: Flask, cookie: str) -> None:
    for path in ("/", "/my-list", "/family/results", "/my-list/working-sheet", "/services/1"):
        visitor = site.test_client(use_cookies=False)
        answer = visitor.get(path, headers={"Cookie": f"list={cookie}; session={cookie}"})
        see(answer, path)
        assert "list=;" in str(answer.headers.getlist("Set-Cookie")), path


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_hostile_headers_get_a_page_of_ours(site: Flask, headers: dict[str, str]) -> None:
    for path in ("/", "/matrix/E06000031.csv", "/find/results", "/snapshots"):
        see(site.test_client(use_cookies=False).get(path, headers=headers), f"{path} {headers}")
    for path in ("/find", "/my-list/add", "/family"):
        see(
            site.test_client(use_cookies=False).post(path, headers=headers, data=b"place=PE1"),
            f"{path} {headers}",
        )


@effort(max_examples=150, deadline=None)
@given(path=st.text(max_size=60), query=st.text(max_size=60))
def test_no_path_at_all_is_a_failure(site: Flask, path: str, query: str) -> None:
    # Of an address that begins with two slashes the test client makes another site.
    path, query = path.lstrip("/"), quote(query.encode("utf-8", "replace"), safe="=&")
    asked = f"/{quote(path.encode('utf-8', 'replace'))}?{query}"
    see(site.test_client(use_cookies=False).get(asked), asked)
