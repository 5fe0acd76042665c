"""Mails in the outbox: a test says only what matters of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, islice

from sqlalchemy import select

from directory.actions.mail.post import Letter, post_mail
from directory.db import Database
from directory.models.outbox import OutboxMail

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SENDER = "Support Directory <listings@example.org>"
_NUMBERS = count(1)


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def post(database: Database, *, now: datetime = NOW, **what: str) -> int:
    """A mail that waits. Returns its number."""
    return post_many(database, 1, now=now, **what)[0]


def post_many(database: Database, how_many: int, *, now: datetime = NOW, **what: str) -> list[int]:
    """Mails that wait, each to somebody else. Returns their numbers."""
    keys = []
    with database.transaction() as session:
        for number in islice(_NUMBERS, how_many):
            letter = {
                "key": f"test {number}",
                "to_address": f"person{number}@example.org",
                "subject": "Your listings",
                "body": "Please look at your listings.\n\nhttps://example.org/confirm/abc?x=1\n",
            } | what
            assert post_mail(session, Letter(**letter), now=now)
            keys.append(letter["key"])
        found = select(OutboxMail.id).where(OutboxMail.key.in_(keys)).order_by(OutboxMail.id)
        return list(session.scalars(found))


def stored(database: Database, number: int) -> OutboxMail:
    """The mail as it is now."""
    with database.reading() as session:
        mail = session.get_one(OutboxMail, number)
        session.expunge(mail)
    return mail


def states(database: Database) -> dict[str, int]:
    """State → how many."""
    with database.reading() as session:
        found = list(session.scalars(select(OutboxMail.state)))
    return {state: found.count(state) for state in sorted(set(found))}
