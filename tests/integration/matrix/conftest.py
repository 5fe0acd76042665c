"""A small site of its own, that a test may write to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from tests.builders import import_rows, make_database

Importer = Callable[..., None]


@pytest.fixture
def small_app(empty_settings: Settings) -> Flask:
    """A site with tables and no listings."""
    make_database(empty_settings.database_url).dispose()
    return create_app(replace(empty_settings, rate_limits=False))


@pytest.fixture
def small_database(small_app: Flask) -> Database:
    held: Database = small_app.extensions["database"]
    return held


@pytest.fixture
def listings(small_database: Database, tmp_path: Path) -> Importer:
    """Import rows, as the command does."""

    def take(*rows: dict[str, str]) -> None:
        report = import_rows(small_database, tmp_path / "rows.csv", *rows)
        assert report.problem_count == 0, [str(problem) for problem in report.problems]

    return take


@pytest.fixture
def visitor(small_app: Flask) -> FlaskClient:
    return small_app.test_client()
