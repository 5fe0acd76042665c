"""A site that knows its names answers under no other, whoever claims one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app

OURS = ("www.example.org", ".example.net")


@pytest.fixture
def visitor(listed_app: Flask) -> FlaskClient:
    """A visitor of a site that is told its own names."""
    site = create_app(replace(listed_app.config["SETTINGS"], trusted_hosts=OURS))
    site.config["PROPAGATE_EXCEPTIONS"] = False
    return site.test_client()


@pytest.mark.parametrize("host", ["www.example.org", "www.example.org:8443", "example.net", "a.example.net"])
def test_under_its_own_names_the_site_answers(visitor: FlaskClient, host: str) -> None:
    assert visitor.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "www.example.org.evil.example", "example.org", "evilexample.net", "127.0.0.1", "a b", "[::1", ""],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/services/1"), ("GET", "/nothing"), ("POST", "/find"), ("POST", "/my-list/add")],
)
def test_under_another_name_it_says_so_in_words_and_repeats_nothing(
    visitor: FlaskClient, method: str, path: str, host: str
) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    answer = visitor.open(
        path, method=method, headers=headers, data={"place": "PE1 1QL"} if method == "POST" else None
    )
    assert answer.status_code in {400, 403}
    assert "<h1" in answer.text and "999" in answer.text
    assert not host or host not in answer.text + str(answer.headers)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_forwarded_name_does_not_stand_in_for_the_one_that_was_asked(visitor: FlaskClient) -> None:
    headers = {
        "Host": "evil.example",
        "X-Forwarded-Host": "www.example.org",
        "Forwarded": "host=www.example.org",
    }
    assert visitor.get("/", headers=headers).status_code == 400


def test_a_site_that_was_told_no_name_answers_under_any(listed_app: Flask) -> None:
    assert listed_app.test_client().get("/safety", headers={"Host": "localhost:5000"}).status_code == 200
