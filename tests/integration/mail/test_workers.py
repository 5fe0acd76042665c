"""Several workers over one outbox, and workers that are killed: no mail twice after a yes, none forgotten."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.db import Database
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.builders import make_database
from tests.integration.mail.workers import send_together, start_sender
from tests.mail_server import MailServer
from tests.outbox import post_many, states

KILLS = 10


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
@pytest.mark.parametrize("workers", [2, 4])
def test_workers_that_share_an_outbox_send_each_mail_exactly_once(
    on: str, workers: int, request: pytest.FixtureRequest, tmp_path: Path, mail_server: MailServer
) -> None:
    url = f"sqlite:///{tmp_path}/shared.sqlite" if on == "sqlite" else request.getfixturevalue("postgres_url")
    database = make_database(url)
    post_many(database, 200, now=now_utc())
    send_together(url, mail_server.url, count=workers)
    assert states(database) == {"sent": 200}
    copies = Counter(one.to_address for one in mail_server.messages)
    assert len(copies) == 200 and set(copies.values()) == {1}
    database.dispose()


def test_a_sender_killed_again_and_again_sends_nothing_twice_after_a_yes(
    tmp_path: Path, mail_server: MailServer
) -> None:
    url = f"sqlite:///{tmp_path}/killed.sqlite"
    database = make_database(url)
    numbers = post_many(database, 200, now=now_utc())
    chance = random.Random(5)  # noqa: S311  # moments, no secrets
    said_yes: dict[int, int] = {}
    for kill in range(KILLS):
        process = start_sender(url, mail_server.url, ahead=timedelta(minutes=11 * kill))
        enough = len(mail_server.messages) + chance.randint(1, 10)
        until = time.monotonic() + 60
        while len(mail_server.messages) < enough and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.01)
        process.kill()
        process.join(30)
        assert process.exitcode == -signal.SIGKILL
        for mail in outbox(database):
            if mail.state == "sent":
                said_yes.setdefault(mail.id, copies_of(mail_server, mail))
    assert 0 < len(said_yes) < 200
    for again in range(3):
        process = start_sender(url, mail_server.url, ahead=timedelta(minutes=11 * (KILLS + again)))
        process.join(120)
        assert process.exitcode == 0
    found = outbox(database)
    assert [mail.id for mail in found] == numbers
    assert {mail.state for mail in found} <= {"sent", "given up"}
    for mail in found:
        copies = copies_of(mail_server, mail)
        # Once; and once more only where a worker was killed with it in hand, and nobody could know.
        assert copies <= (1 if mail.unsure_at is None else 2)
        assert copies == said_yes.get(mail.id, copies)
        assert copies >= (1 if mail.state == "sent" else 0)
    assert sum(mail.unsure_at is not None for mail in found) <= KILLS
    extra = len(mail_server.messages) - len({one.message_id for one in mail_server.messages})
    assert extra <= KILLS
    database.dispose()


def outbox(database: Database) -> list[OutboxMail]:
    with database.reading() as session:
        found = list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
        session.expunge_all()
    return found


def copies_of(mail_server: MailServer, mail: OutboxMail) -> int:
    """How many copies came; all of them the same to the letter."""
    copies = [one.raw for one in mail_server.messages if one.message_id == mail.message_id]
    assert len(set(copies)) <= 1
    return len(copies)
