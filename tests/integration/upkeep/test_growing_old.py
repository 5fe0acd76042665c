"""A listing's life from one confirmation to the next, told by days; and what never leaves by age."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from directory.config import Settings, UpkeepTimes
from directory.db import Database
from directory.matrix.types import Mode, Rules, State
from directory.queries.current_matrix import matrix_world
from directory.queries.listings import get_listing
from directory.queries.upkeep import standings
from directory.reference.help_lines import help_lines
from directory.reference.hours import LONDON, today_in_london
from directory.reference.upkeep_rules import Standing, is_stale, is_to_be_called
from directory.web.help_now import help_now
from tests.integration.upkeep.lives import an_organisation, confirm, day, mails, send

TIMES = UpkeepTimes()


def state(database: Database, on: date) -> State:
    """Of the half cell that the listing fills."""
    with database.reading() as session:
        world = matrix_world(session, Rules(on, TIMES.stale_after_days), (0, 0))
    return world.states.state("E06000031", "G4.6", Mode.IN_PERSON)


def is_listed_for_a_call(database: Database, number: int, on: date) -> bool:
    with database.reading() as session:
        return is_to_be_called(standings(session)[number], on, TIMES)


def test_a_whole_life(either_database: Database, settings: Settings) -> None:
    _organisation, (number,) = an_organisation(either_database)
    confirm(either_database, [number], 0)
    told = {}
    for days in range(367):
        send(either_database, settings, days)
        if days in {0, 89, 90, 120, 150, 179, 180, 364, 365}:
            told[days] = (
                len(mails(either_database)),
                is_stale(day(0), day(days), TIMES.stale_after_days),
                state(either_database, day(days)),
                is_listed_for_a_call(either_database, number, day(days)),
            )
    assert told == {
        0: (0, False, State.AVAILABLE, False),
        89: (0, False, State.AVAILABLE, False),
        90: (1, False, State.AVAILABLE, False),
        120: (2, False, State.AVAILABLE, False),
        150: (3, False, State.AVAILABLE, False),
        179: (3, False, State.AVAILABLE, False),
        180: (3, True, State.PARTLY, False),
        364: (3, True, State.PARTLY, False),
        365: (3, True, State.PARTLY, True),
    }
    with either_database.reading() as session:
        assert get_listing(session, number).id == number  # Off the pages only by a moderator's decision.
    confirm(either_database, [number], 366)
    assert state(either_database, day(366)) is State.AVAILABLE
    assert not is_listed_for_a_call(either_database, number, day(366))


@pytest.mark.parametrize(
    ("confirmed", "owned", "days", "called"),
    [
        # Nobody owns it: from the first day, and again when an owner would get the last mail.
        (None, None, 0, True),
        (0, None, 0, False),
        (0, None, 149, False),
        (0, None, 150, True),
        # Somebody owns it: from the confirmation, else from the day they joined.
        (None, 0, 364, False),
        (None, 0, 365, True),
        (0, 300, 364, False),
        (0, 300, 365, True),
        (300, 0, 400, False),
    ],
)
def test_who_is_called_by_hand(confirmed: int | None, owned: int | None, days: int, called: bool) -> None:
    on = [None if one is None else day(one) for one in (confirmed, owned)]
    assert is_to_be_called(Standing(1, on[0], on[1]), day(days), TIMES) is called


@pytest.mark.parametrize(("age", "marked"), [(0, False), (179, False), (180, True), (4000, True)])
def test_pages_say_in_words_that_it_was_not_confirmed_lately(
    new_app: Flask, new_database: Database, age: int, marked: bool
) -> None:
    from directory.actions.confirm_listing import confirm_listing

    _organisation, (number,) = an_organisation(new_database)
    on = max(today_in_london() - timedelta(days=age), date(2020, 1, 1))
    with new_database.transaction() as session:
        confirm_listing(session, number, role="service manager", on=on, today=today_in_london())
    client = new_app.test_client()
    for address in (f"/services/{number}", "/organisations/1", f"/list/{number}"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert ("Not confirmed lately" in page.text) is marked, address


def test_no_help_line_leaves_by_age_alone(new_app: Flask) -> None:
    with new_app.test_request_context():
        strip = help_now(at=datetime(2126, 1, 5, 12, 0, tzinfo=LONDON))
    shown = {line.name for line in (*strip.first, *strip.more)}
    assert shown == {line.name for line in help_lines() if line.code != "999"}
