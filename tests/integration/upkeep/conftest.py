"""A site with an empty database of its own, whose reminders went out ninety days after its owners joined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.db import Database


@pytest.fixture
def new_app(empty_settings: Settings) -> Flask:
    """The site, with tables and no listings."""
    settings = replace(empty_settings, site_url="https://support.example.org", rate_limits=False)
    app = create_app(settings)
    assert app.test_cli_runner().invoke(args=["database", "upgrade"]).exit_code == 0
    return app


@pytest.fixture
def new_database(new_app: Flask) -> Database:
    """Its database."""
    held: Database = new_app.extensions["database"]
    return held
