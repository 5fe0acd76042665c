"""Mail has an end: it is not sent when its link is over, and what is kept of it goes by one rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from directory.actions.actor import THE_SITE
from directory.actions.mail.claim import TIME_PASSED
from directory.actions.mail.forget import forget_old_mail
from directory.actions.mail.post import USUAL_END, Letter, post_mail
from directory.actions.mail.retry import retry_mail
from directory.actions.mail.send import MailSender
from directory.app import create_app
from directory.clients.by_url import mail_client
from directory.config import Settings
from directory.db import Database
from directory.errors import RuleBroken
from directory.migrations.upgrade import upgrade
from directory.models.audit import AuditEntry
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.mail_server import MailServer
from tests.outbox import NOW, SENDER, Hands, post, states, stored

A_MOMENT = timedelta(seconds=1)


def a_link(database: Database) -> int:
    """A mail whose link works for a quarter of an hour."""
    with database.transaction() as session:
        letter = Letter(
            "link 1", "info@example.org", "Your link", "A link", ends_at=NOW + timedelta(minutes=15)
        )
        assert post_mail(session, letter, now=NOW)
        return session.scalars(select(OutboxMail.id).order_by(OutboxMail.id.desc())).first() or 0


def send(database: Database, server: MailServer, clock: Hands) -> None:
    MailSender(database, mail_client(server.url), SENDER, clock=clock).send_due()


def test_a_link_that_has_ended_is_never_sent(either_database: Database, mail_server: MailServer) -> None:
    clock = Hands()
    number, other = a_link(either_database), post(either_database)
    clock.move(minutes=15)
    send(either_database, mail_server, clock)
    assert len(mail_server.messages) == 1
    assert stored(either_database, other).state == "sent"
    mail = stored(either_database, number)
    assert (mail.state, mail.last_answer, mail.attempts) == ("given up", TIME_PASSED, 0)
    with pytest.raises(RuleBroken), either_database.transaction() as session:
        retry_mail(session, number, by=THE_SITE, now=clock())


def test_a_link_that_still_works_is_sent(either_database: Database, mail_server: MailServer) -> None:
    clock = Hands()
    a_link(either_database)
    clock.move(minutes=14)
    send(either_database, mail_server, clock)
    assert states(either_database) == {"sent": 1}


@pytest.mark.parametrize("state", ["waiting", "unsure"])
def test_no_mail_waits_for_ever(database: Database, mail_server: MailServer, state: str) -> None:
    clock, number = Hands(NOW + USUAL_END), post(database)
    with database.transaction() as session:
        session.execute(update(OutboxMail).values(state=state))
    send(database, mail_server, clock)
    assert stored(database, number).state == "given up" and mail_server.messages == []


def test_a_mail_from_before_there_was_an_end_is_sent(database: Database, mail_server: MailServer) -> None:
    post(database)
    with database.transaction() as session:
        session.execute(update(OutboxMail).values(ends_at=None))
    send(database, mail_server, Hands(NOW + timedelta(days=99)))
    assert states(database) == {"sent": 1}


def test_that_staff_had_a_mail_sent_again_is_in_the_log(empty_settings: Settings) -> None:
    app: Flask = create_app(empty_settings)
    database: Database = app.extensions["database"]
    upgrade(database)
    number = post(database, now=now_utc())
    with database.transaction() as session:
        session.execute(update(OutboxMail).values(state="failed"))
    assert app.test_cli_runner().invoke(args=["mail", "retry", str(number)]).exit_code == 0
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.act, entry.about, entry.about_id) == ("retry mail", "mail", number)


@pytest.mark.parametrize(
    ("state", "days", "text", "address", "row"),
    [
        ("sent", 7, True, True, True),
        ("sent", 8, False, True, True),
        ("sent", 31, False, False, True),
        ("failed", 30, True, True, True),
        ("failed", 31, False, False, True),
        ("given up", 31, False, False, True),
        ("given up", 731, False, False, False),
        # These two are given up by the next worker, whenever there is one; only then are they old.
        ("waiting", 800, True, True, True),
        ("unsure", 800, True, True, True),
    ],
)
def test_text_goes_after_7_days_the_address_after_30_the_row_after_two_years(
    database: Database, state: str, days: int, text: bool, address: bool, row: bool
) -> None:
    number = post(database)
    with database.transaction() as session:
        session.execute(update(OutboxMail).values(state=state, sent_at=NOW if state == "sent" else None))
        forget_old_mail(session, now=NOW + timedelta(days=days))
        mail = session.get(OutboxMail, number, populate_existing=True)
        assert (mail is not None) == row
        if mail is not None:
            assert (mail.body is not None, mail.to_address != "") == (text, address)
