"""`flask mail …`, what staff are told of the outbox, and what it forgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from directory.actions.actor import THE_SITE
from directory.actions.mail.retry import retry_mail
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.migrations.upgrade import upgrade
from directory.models.outbox import OutboxMail
from directory.queries.mail import mail_health
from directory.reference.hours import now_utc
from tests.mail_faults import Fault
from tests.mail_server import MailServer
from tests.outbox import NOW, SENDER, post, states, stored


@pytest.fixture
def site(empty_settings: Settings, mail_server: MailServer) -> Flask:
    """The site, sending to the server."""
    app = create_app(replace(empty_settings, mail_url=mail_server.url, mail_from=SENDER))
    upgrade(app.extensions["database"])
    return app


def set_mail(database: Database, number: int, **what: object) -> None:
    with database.transaction() as session:
        session.execute(update(OutboxMail).where(OutboxMail.id == number).values(**what))


def test_send_sends_what_is_due_and_says_what_became_of_it(site: Flask, mail_server: MailServer) -> None:
    database, run = site.extensions["database"], site.test_cli_runner().invoke
    for _mail in range(3):
        post(database, now=now_utc())
    mail_server.faults.append(Fault.NO_AT_ADDRESS)
    done = run(args=["mail", "send"])
    assert done.exit_code == 0, done.output
    assert "1 failed" in done.stdout and "2 sent" in done.stdout and "flask mail list" in done.stderr
    assert "No mail was due" in run(args=["mail", "send"]).stdout
    assert states(database) == {"failed": 1, "sent": 2}


def test_list_shows_no_whole_address(site: Flask) -> None:
    database, run = site.extensions["database"], site.test_cli_runner().invoke
    assert "There is no mail" in run(args=["mail", "list"]).stdout
    sent, failed = post(database, to_address="manager@example.org"), post(database, key="invitation 12")
    set_mail(database, sent, state="sent", sent_at=NOW)
    set_mail(database, failed, state="failed", last_answer="550 No")
    shown = run(args=["mail", "list"]).stdout
    assert "m…@example.org" in shown and "manager@" not in shown
    assert "1 sent, 1 failed" in shown
    only = run(args=["mail", "list", "--state", "failed"]).stdout
    assert "invitation 12" in only and "550 No" in only and "m…@" not in only


def test_retry_lets_a_failed_mail_be_sent_with_its_message_id(site: Flask, mail_server: MailServer) -> None:
    database, run = site.extensions["database"], site.test_cli_runner().invoke
    number = post(database, now=now_utc())
    set_mail(database, number, state="given up", attempts=30, unsure_at=NOW)
    assert run(args=["mail", "retry", str(number)]).exit_code == 0
    run(args=["mail", "send"])
    (mail,) = mail_server.messages
    assert mail.message_id == stored(database, number).message_id
    again = run(args=["mail", "retry", str(number)])
    assert again.exit_code == 2 and "the server said yes" in again.stderr
    assert run(args=["mail", "retry", "999"]).exit_code == 1


def test_the_test_mail_goes_out_at_once_or_says_why_not(site: Flask, mail_server: MailServer) -> None:
    run = site.test_cli_runner().invoke
    assert "It was taken" in run(args=["mail", "test", "a@example.org"]).stdout
    assert mail_server.messages_to("a@example.org")
    mail_server.faults.append(Fault.NO_AT_ADDRESS)
    refused = run(args=["mail", "test", "a@example.org"])
    assert refused.exit_code == 1 and "550" in refused.stderr
    assert run(args=["mail", "test", "not an address"]).exit_code == 2
    assert states(site.extensions["database"]) == {}


def test_what_cannot_be_tried_again(database: Database) -> None:
    for what in ({"state": "sent"}, {"state": "claimed"}, {"state": "failed", "body": None}):
        number = post(database)
        set_mail(database, number, **what)
        with pytest.raises(RuleBroken, match="id"), database.transaction() as session:
            retry_mail(session, number, by=THE_SITE, now=NOW)
    with pytest.raises(NotFound), database.transaction() as session:
        retry_mail(session, 999, by=THE_SITE, now=NOW)


def test_the_health_of_the_outbox(either_database: Database) -> None:
    old = post(either_database, now=NOW - timedelta(hours=3))
    post(either_database)
    lost, later = post(either_database), post(either_database, now=NOW - timedelta(days=9))
    set_mail(either_database, lost, state="given up")
    set_mail(either_database, later, not_before=NOW + timedelta(days=9))
    with either_database.reading() as session:
        health = mail_health(session, NOW)
    assert health.counts == {
        "waiting": 3, "claimed": 0, "sent": 0, "unsure": 0, "failed": 0, "given up": 1,
    }  # fmt: skip
    assert health.oldest_waiting == stored(either_database, old).made_at
    assert health.to_look_at == 1 and health.last_sent is None
