"""A site of its own, in a file, with one listing and a page that saves."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.security.who_may import WHO_MAY
from tests.builders import make_listing
from tests.faults.edit_page import ENDPOINT, add_edit_page
from tests.integration.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture
def site(empty_settings: Settings) -> Iterator[Flask]:
    """The site as it answers when nobody debugs it; it does not wait long for others."""
    app = create_app(empty_settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["database"] = Database(empty_settings.database_url, busy_timeout_s=0.3)
    upgrade(app.extensions["database"])
    make_listing(app.extensions["database"])
    add_edit_page(app)
    yield app
    del WHO_MAY[ENDPOINT]
    app.extensions["database"].dispose()


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often each is killed: ten times in `make test`, a hundred in `make faults`."""
    return int(os.environ.get("FAULT_ROUNDS", "10"))
