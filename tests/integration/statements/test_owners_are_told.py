"""An owner is told of whatever is said of her service, by a page or a command: at most once a week, and all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.state_cell import ToState
from directory.actions.state_cells import state_cells, take_back
from directory.config import Settings
from directory.jobs.said import tell_what_was_left_over
from directory.matrix.types import State
from directory.models.outbox import OutboxMail
from directory.reference.hours import LONDON, now_utc, today_in_london
from tests.accounts import make_account, make_organisation
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, small_site

HERE = "E06000031"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def site(either_settings: Settings) -> Flask:
    """Her service fills G4.7 in Peterborough."""
    site = small_site(either_settings)
    database = database_of(site)
    make_listing(database, support_types="G4.7", coverage="Peterborough", modes="remote")
    make_account(database, email="owner@example.org", owner_of=[make_organisation(database)])
    return site


def say(site: Flask, at: datetime, exists: State = State.PARTLY, role: str = "head of services") -> int:
    said = ToState(HERE, "G4.7", exists, "commissioner", "", at.astimezone(LONDON).date())
    with database_of(site).transaction() as session:
        by = Actor(None, role)
        done = state_cells(session, ["G4.7"], said, by=by, now=at, today=said.stated_on)
        return done.made[0].statement.id


def mails(site: Flask) -> list[datetime]:
    with database_of(site).reading() as session:
        return list(session.scalars(select(OutboxMail.made_at).order_by(OutboxMail.made_at)))


def test_what_was_said_in_the_same_week_is_told_when_the_week_is_over_and_once(site: Flask) -> None:
    monday = now_utc() - 10 * DAY
    say(site, monday)
    say(site, monday + HOUR, State.AVAILABLE)
    for later in (2 * HOUR, 3 * DAY, 6 * DAY):
        assert tell_what_was_left_over(database_of(site), monday + later) == 0
    assert len(mails(site)) == 1
    for later in (7 * DAY + HOUR, 7 * DAY + 2 * HOUR, 15 * DAY):
        tell_what_was_left_over(database_of(site), monday + later)
    assert [at - monday for at in mails(site)] == [timedelta(0), 7 * DAY + HOUR]


def test_two_mails_are_never_less_than_a_week_apart_whatever_day_it_is(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    for day in range(8):
        say(site, start + day * DAY, State.PARTLY if day % 2 else State.AVAILABLE)
    assert [at - start for at in mails(site)] == [timedelta(0), 7 * DAY]


def test_what_is_taken_back_in_the_same_week_is_told_later_too(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    number = say(site, start)
    with database_of(site).transaction() as session:
        on = (start + DAY).astimezone(LONDON).date()
        by = Actor(None, "head of services")
        take_back(
            session, number, because="It opened.", role=by.role, on=on, by=by, now=start + DAY, today=on
        )
    assert len(mails(site)) == 1
    assert tell_what_was_left_over(database_of(site), start + 8 * DAY) == 1


def test_what_those_who_speak_differ_on_is_not_told_later_either(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    say(site, start)
    say(site, start + HOUR, State.NOT_AVAILABLE, role="health commissioner")
    assert tell_what_was_left_over(database_of(site), start + 8 * DAY) == 0


def test_the_commands_tell_as_the_pages_do(site: Flask) -> None:
    run = site.test_cli_runner().invoke
    today = today_in_london().isoformat()
    who = ["--by", "commissioning manager", "--on", today]
    done = run(args=["matrix", "state", HERE, "G4.7", "--exists", "partly", "--for", "commissioner", *who])
    assert done.exit_code == 0, done.output
    assert len(mails(site)) == 1
    with database_of(site).transaction() as session:
        for mail in session.scalars(select(OutboxMail)):
            session.delete(mail)
    done = run(args=["matrix", "withdraw", "1", "--because", "It opened.", *who])
    assert done.exit_code == 0, done.output
    assert len(mails(site)) == 1
