"""A site of its own that tests may write to, and the people at it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from tests.accounts import make_account
from tests.builders import make_database


@pytest.fixture
def own_settings(tmp_path: Path, settings: Settings) -> Settings:
    """Settings with a database of the test's own."""
    url = f"sqlite:///{tmp_path}/own.sqlite"
    return replace(settings, database_url=url, database_read_url=url, rate_limits=False)


@pytest.fixture
def own_app(own_settings: Settings) -> Flask:
    """The site over it, with tables and no listings."""
    make_database(own_settings.database_url).dispose()
    return create_app(own_settings)


@pytest.fixture
def stored(own_app: Flask) -> Database:
    """Its database."""
    found: Database = own_app.extensions["database"]
    return found


@pytest.fixture
def moderator_id(stored: Database) -> int:
    """A moderator."""
    return make_account(stored, title="moderator one", roles=["moderator"])


@pytest.fixture
def second_id(stored: Database) -> int:
    """Another moderator."""
    return make_account(stored, title="moderator two", roles=["moderator"])
