"""A site with few listings, made for each test: a visitor to it, and a way to add services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings
from tests.builders import make_database, make_listing


@pytest.fixture
def small_site(empty_settings: Settings) -> Iterator[Flask]:
    """The site over an empty database."""
    make_database(empty_settings.database_url).dispose()
    yield create_app(replace(empty_settings, rate_limits=False))


@pytest.fixture
def small_visitor(small_site: Flask) -> FlaskClient:
    """A visitor to it."""
    return small_site.test_client()


@pytest.fixture
def listed(small_site: Flask) -> Callable[..., int]:
    """Lists a service, by the columns that matter; returns its number."""
    return lambda **what: make_listing(small_site.extensions["database"], **what)
