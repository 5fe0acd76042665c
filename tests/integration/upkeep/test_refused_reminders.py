"""A reminder that no mailbox took has asked nobody: a moderator rings instead of waiting for the next mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from directory.actions.upkeep.calls import Outcome
from directory.config import Settings, UpkeepTimes
from directory.db import Database
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.integration.upkeep.lives import an_organisation, confirm, send
from tests.integration.upkeep.test_calls import on_the_list, rung


def becomes(database: Database, state: str) -> None:
    """What became of every mail that waits."""
    with database.transaction() as session:
        session.execute(update(OutboxMail).where(OutboxMail.state == "waiting").values(state=state))


@pytest.mark.parametrize(
    ("state", "is_called"),
    [("failed", True), ("given up", True), ("sent", False), ("waiting", False), ("unsure", False)],
)
def test_listings_are_rung_about_where_their_reminder_was_not_taken(
    either_database: Database, settings: Settings, state: str, is_called: bool
) -> None:
    _organisation, numbers = an_organisation(either_database, listings=2)
    send(either_database, settings, 90)
    assert on_the_list(either_database, 90) == []
    becomes(either_database, state)
    assert sorted(on_the_list(either_database, 91)) == (numbers if is_called else [])


def test_what_was_confirmed_since_and_who_was_reached_by_the_next_mail_is_not_rung(
    database: Database, settings: Settings
) -> None:
    _organisation, (first, second) = an_organisation(database, listings=2)
    send(database, settings, 90)
    becomes(database, "failed")
    confirm(database, [first], 92)
    assert on_the_list(database, 93) == [second]
    send(database, settings, 121)
    becomes(database, "sent")
    assert on_the_list(database, 122) == []


def test_after_a_call_the_next_mail_is_waited_for(database: Database, settings: Settings) -> None:
    _organisation, (number,) = an_organisation(database)
    send(database, settings, 90)
    becomes(database, "failed")
    rung(database, number, Outcome("confirmed"), 91)
    assert on_the_list(database, 91) == [] and on_the_list(database, 91 + UpkeepTimes().call_again_days) == []


def test_the_list_says_why(new_app: Flask, new_database: Database) -> None:
    an_organisation(new_database)
    with new_database.transaction() as session:
        session.execute(update(Membership).values(began_at=now_utc() - timedelta(days=95)))
    assert new_app.test_cli_runner().invoke(args=["reminders", "send"]).exit_code == 0
    becomes(new_database, "failed")
    staff = signed_in(new_app, make_account(new_database, roles=["moderator"]))
    assert "Our last mail about it reached nobody." in staff.get("/moderation/calls").text
