"""Databases for tests, each new and with tables but no listings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from directory.config import Settings
from directory.db import Database
from tests.builders import make_database
from tests.integration.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """On SQLite, as the site has it by default."""
    database = make_database(f"sqlite:///{tmp_path}/directory.sqlite")
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """On SQLite, and again on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    database = make_database(request.getfixturevalue("postgres_url"))
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_settings(request: pytest.FixtureRequest, empty_settings: Settings) -> Settings:
    """Settings of a site with a new, empty database: on SQLite, and again on PostgreSQL."""
    if request.param == "sqlite":
        return empty_settings
    url = request.getfixturevalue("postgres_url")
    return replace(empty_settings, database_url=url, database_read_url=url)
