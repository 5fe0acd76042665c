"""An owner is told of whatever is said of her service, by a page or a command: at most once a week, and all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from directory.actions.actor import Actor
from directory.actions.state_cell import ToState
from directory.actions.state_cells import state_cells, take_back
from directory.config import Settings
from directory.db import Database
from directory.jobs.said import tell_what_was_left_over
from directory.matrix.types import State
from directory.models.account import Account
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from directory.reference.hours import LONDON, now_utc, today_in_london
from tests.accounts import make_account, make_organisation
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, small_site

HERE = "E06000031"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def site(either_settings: Settings) -> Flask:
    """Her service fills G4.7 in Peterborough."""
    site = small_site(either_settings)
    database = database_of(site)
    make_listing(database, support_types="G4.7", coverage="Peterborough", modes="remote")
    make_account(database, email="owner@example.org", owner_of=[make_organisation(database)])
    began(site, now_utc() - 100 * DAY)
    return site


def began(site: Flask, at: datetime) -> None:
    """Since when she is the owner."""
    with database_of(site).transaction() as session:
        session.execute(update(Membership).values(began_at=at))


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


def withdraw(site: Flask, number: int, at: datetime) -> None:
    with database_of(site).transaction() as session:
        on, by = at.astimezone(LONDON).date(), Actor(None, "head of services")
        take_back(session, number, because="It opened.", role=by.role, on=on, by=by, now=at, today=on)


def test_what_is_taken_back_in_the_same_week_is_told_later_too(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    number = say(site, start)
    withdraw(site, number, start + DAY)
    assert len(mails(site)) == 1
    assert tell_what_was_left_over(database_of(site), start + 8 * DAY) == 1


def test_what_those_who_speak_differ_on_is_not_told_later_either(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    say(site, start)
    say(site, start + HOUR, State.NOT_AVAILABLE, role="health commissioner")
    assert tell_what_was_left_over(database_of(site), start + 8 * DAY) == 0


def test_what_a_listing_disputes_is_not_told_as_her_page_does_not_show_it(site: Flask) -> None:
    start = now_utc() - 9 * DAY
    number = say(site, start, State.NOT_AVAILABLE)
    withdraw(site, number, start + HOUR)
    assert tell_what_was_left_over(database_of(site), start + 8 * DAY) == 0 and mails(site) == []


def test_nor_is_it_told_when_what_was_never_shown_is_taken_back(site: Flask) -> None:
    start = now_utc() - 20 * DAY
    say(site, start)
    number = say(site, start + 8 * DAY, State.NOT_AVAILABLE, role="health commissioner")
    withdraw(site, number, start + 9 * DAY)
    tell_what_was_left_over(database_of(site), start + 10 * DAY)
    assert [at - start for at in mails(site)] == [timedelta(0)]


def test_who_became_an_owner_since_is_not_told_of_it(site: Flask) -> None:
    said = now_utc() - 9 * DAY
    began(site, said + DAY)
    with database_of(site).transaction() as session:
        session.execute(update(Account).values(active=False))
    say(site, said)
    with database_of(site).transaction() as session:
        session.execute(update(Account).values(active=True))
    assert tell_what_was_left_over(database_of(site), said + 2 * DAY) == 0
    began(site, said)
    assert tell_what_was_left_over(database_of(site), said + 2 * DAY) == 1


def test_what_was_said_minutes_before_a_mail_that_told_of_it_is_not_told_again(site: Flask) -> None:
    start = now_utc() - 18 * DAY
    week_over = start + 7 * DAY
    say(site, start)
    say(site, week_over - 2 * MINUTE, State.AVAILABLE)
    assert tell_what_was_left_over(database_of(site), week_over + MINUTE) == 1
    assert tell_what_was_left_over(database_of(site), week_over + 8 * DAY) == 0
    # Somebody who had waited for her turn since before the second mail.
    say(site, week_over, State.PARTLY)
    assert tell_what_was_left_over(database_of(site), week_over + 9 * DAY) == 1


def test_while_nothing_is_due_nobody_who_writes_waits(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    start = now_utc() - 9 * DAY
    say(site, start)
    say(site, start + HOUR, State.AVAILABLE)

    def refuse(_database: Database) -> None:
        raise AssertionError("it took the turn to write")

    monkeypatch.setattr(Database, "transaction", refuse)
    assert tell_what_was_left_over(database_of(site), start + DAY) == 0


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
