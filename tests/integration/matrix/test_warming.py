"""A worker makes ready what its first visitor would wait for."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.jobs.warm import start_warming, warm
from directory.queries import current_access, current_gaps, current_index, current_matrix


def not_again(*_asked: object, **_more: object) -> None:
    raise AssertionError("It was made ready already.")


def test_after_warming_no_page_makes_anything_that_is_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(app)
    monkeypatch.setattr(current_index.SearchIndex, "build", not_again)
    monkeypatch.setattr(current_matrix, "matrix_world", not_again)
    monkeypatch.setattr(current_gaps, "GapFinder", not_again)
    monkeypatch.setattr(current_access, "CountryAccess", not_again)
    visitor = app.test_client()
    for address in ("/matrix/K04000001", "/gaps/K04000001", "/gaps/E06000031", "/matrix/E06000031/access"):
        assert visitor.get(address).status_code == 200, address
    assert visitor.post("/find", data={"place": "Peterborough"}, follow_redirects=True).status_code == 200


def test_a_worker_without_its_database_says_so_and_goes_on(
    empty_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        thread = start_warming(create_app(empty_settings))
        thread.join(60)
    assert not thread.is_alive()
    assert "Could not make everything ready" in caplog.text
