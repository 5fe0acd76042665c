"""A merger loses neither a change that waits nor what is taken down."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from directory.actions.actor import THE_SITE, Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.merge_listings import merge_listings
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.hold import Hold
from directory.queries.holds import current_holds
from directory.reference.hours import now_utc
from tests.builders import make_listing
from tests.integration.moderation.changes import make_change

MODERATOR = Actor(None, "moderator", is_moderator=True)
NUMBER = "01632 960777"


def merge(database: Database, old: int, new: int, because: str = "Both are one service now.") -> None:
    with database.transaction() as session:
        merge_listings(
            session, old, new, because=because, by=THE_SITE, today=date(2026, 11, 26), now=now_utc()
        )


def hold(database: Database, number: int, what: str, value: str = "") -> None:
    with database.transaction() as session:
        place_hold(session, number, HoldAsked(what, value, "Wrong."), by=MODERATOR, now=now_utc())


def test_a_change_of_the_old_listing_that_waits_is_decided_first(database: Database) -> None:
    old, new = make_listing(database), make_listing(database)
    change_id = make_change(database, old, {"url": "https://example.com"})
    with pytest.raises(RuleBroken, match=f"decide on change {change_id} first") as broken:
        merge(database, old, new)
    assert broken.value.field == "old"
    merge(database, new, old)


def test_nothing_is_merged_into_what_is_taken_down_or_for_reasons_that_tell_of_a_person(
    database: Database,
) -> None:
    old, new = make_listing(database), make_listing(database)
    with pytest.raises(RuleBroken, match="date of birth"):
        merge(database, old, new, "Jo, born 3 May 2014, said so.")
    hold(database, new, "listing")
    with pytest.raises(RuleBroken, match="taken down") as broken:
        merge(database, old, new)
    assert broken.value.field == "new"


@pytest.mark.parametrize("organisation", ["Example Organisation", "Another Organisation"])
def test_what_is_held_of_the_old_listing_is_held_of_the_new_one(
    database: Database, organisation: str
) -> None:
    old, new = make_listing(database), make_listing(database, organisation=organisation)
    make_listing(database)  # Another one of the first organisation.
    hold(database, old, "route", NUMBER)
    merge(database, old, new)
    with database.reading() as session:
        holds = current_holds(session)
        of_old, of_new = holds.of(1), holds.of(2 if organisation.startswith("Another") else 1)
        assert of_old.hides_way(NUMBER) and of_new.hides_way("(01632) 960777")
        assert new in session.scalars(select(Hold.service_id)).all()
