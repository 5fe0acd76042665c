"""Another site cannot make a visitor's browser write here; everybody's search stays open."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

WRITES = ("/family", "/family/filters", "/my-list/add", "/my-list/remove", "/my-list/empty", "/my-list/keep")


@pytest.fixture
def visitor(listed_app: Flask) -> FlaskClient:
    """A visitor with no list."""
    return listed_app.test_client()


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "anything else"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://localhost.example.org"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_write_from_another_site_is_refused_and_writes_nothing(
    visitor: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    answer = visitor.post(path, data={"service": 1}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_a_write_from_our_own_pages_is_done(visitor: FlaskClient, headers: dict[str, str]) -> None:
    assert visitor.post("/my-list/add", data={"service": 1}, headers=headers).status_code == 303


def test_a_partners_page_may_hold_a_form_that_searches_here(visitor: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    assert visitor.post("/find", data={"place": "PE1 1QL"}, headers=headers).status_code == 303


def test_every_address_that_can_be_written_to_is_held_here(app: Flask) -> None:
    written = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    assert written - {"/find"} >= set(WRITES)
    visitor = app.test_client()
    for path in written - {"/find"}:
        if "<" not in path:
            assert visitor.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403, path
