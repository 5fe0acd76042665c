"""One organisation with one listing, on a site that a test may write to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from tests.builders import make_database
from tests.integration.my_listings.people import Place, make_place


def own_site(settings: Settings) -> Flask:
    """A site with tables and no listings."""
    make_database(settings.database_url).dispose()
    return create_app(replace(settings, rate_limits=False))


@pytest.fixture
def own_app(empty_settings: Settings) -> Flask:
    return own_site(empty_settings)


@pytest.fixture
def place(own_app: Flask) -> Place:
    return make_place(own_app)
