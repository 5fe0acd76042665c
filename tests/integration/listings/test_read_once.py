"""Listings are read once for each version of them, and nothing old is shown after a write."""

from __future__ import annotations

from datetime import date

import pytest

from directory.actions.confirm_listing import confirm_listing
from directory.db import Database
from directory.errors import NotFound
from directory.queries.current_listings import CurrentListings
from directory.queries.listings import get_listings
from tests.builders import make_listing
from tests.integration.listings.test_pages_data import queries_of

TODAY = date(2026, 11, 22)


def test_what_was_read_once_costs_one_small_read(database: Database) -> None:
    ids = [make_listing(database), make_listing(database)]
    current = CurrentListings()
    with database.reading() as session:
        first = current.get(session, ids)
        assert first == get_listings(session, ids)
    with database.reading() as session, queries_of(database) as sent:
        assert current.get(session, ids) == first
    assert len([statement for statement in sent if "SELECT" in statement]) == 1


def test_after_a_write_it_is_read_again(database: Database) -> None:
    number = make_listing(database)
    current = CurrentListings()
    with database.reading() as session:
        assert current.one(session, number).last_confirmed is None
    with database.transaction() as session:
        confirm_listing(session, number, role="service manager", on=TODAY, today=TODAY)
    with database.reading() as session:
        assert current.one(session, number).last_confirmed == TODAY


def test_a_number_that_nobody_has_is_not_found_and_fills_no_memory(database: Database) -> None:
    number = make_listing(database)
    current = CurrentListings()
    with database.reading() as session:
        assert list(current.get(session, range(number, number + 500))) == [number]
        with pytest.raises(NotFound, match=str(number + 1)):
            current.one(session, number + 1)
    assert list(current._held) == [number]
