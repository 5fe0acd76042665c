"""A site of its own with two organisations, and whatever the tests of people ask of the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import select

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.models.service import Service
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import Doing


@pytest.fixture
def doing(either_database: Database) -> Doing:
    """Acts about people, on SQLite and on PostgreSQL."""
    return Doing(either_database)


@dataclass(frozen=True)
class Places:
    """Two listings, their organisations and their owners."""

    app: Flask
    database: Database
    hers: int
    her_listing: int
    her_account: int
    other: int
    other_account: int


@pytest.fixture
def places(empty_settings: Settings) -> Iterator[Places]:
    """A site where one owner has 'Example Organisation' and another 'Example Organisation B'."""
    app = create_app(replace(empty_settings, rate_limits=False))
    database: Database = app.extensions["database"]
    upgrade(database)
    listing = make_listing(database)
    other_listing = make_listing(database, organisation="Example Organisation B", name="Example Service B")
    with database.reading() as session:
        hers, other = (
            session.scalars(select(Service.organisation_id).where(Service.id == number)).one()
            for number in (listing, other_listing)
        )
    her_account = make_account(database, email="info@example.org", owner_of=[hers])
    other_account = make_account(database, email="office@example.com", owner_of=[other])
    yield Places(app, database, hers, listing, her_account, other, other_account)
    database.dispose()
