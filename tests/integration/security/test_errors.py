"""When something breaks: a designed page, or at the least the numbers to call."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web import assets


def test_without_the_built_front_end_the_numbers_to_call_are_still_shown(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "_manifest", lambda _path: {})
    visitor = app.test_client()
    answer = visitor.get("/safety")
    assert answer.status_code == 500
    assert "999" in answer.text and "0800 1111" in answer.text and "/exit" in answer.text
    assert answer.headers["Content-Security-Policy"]
    assert visitor.get("/healthz").status_code == 503
    assert visitor.get("/exit").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/services/0",
        "/services/-1",
        "/services/9223372036854775808",
        "/services/99999999999999999999",
        "/organisations/99999999999999999999",
        "/services/1e3",
        "/find//results",
        "/static/built/../../config.py",
        "/static/../config.py",
    ],
)
def test_an_address_of_nothing_is_answered_404_and_never_a_redirect(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Host": "example.org"}).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_a_way_of_asking_that_a_page_does_not_know_is_answered_in_words(
    client: FlaskClient, method: str
) -> None:
    answer = getattr(client, method)("/safety")
    assert answer.status_code == 405
    assert "<h1" in answer.text


def test_the_page_that_asks_which_place_sends_back_only_fields_of_ours(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "Newport", "group": "parents", "strange": "x" * 1000})
    assert "strange" not in answer.text
    assert 'name="group"' in answer.text
