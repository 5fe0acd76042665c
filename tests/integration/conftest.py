"""Databases for tests, each new and with tables but no listings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
