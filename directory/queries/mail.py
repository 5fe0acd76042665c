"""What waits in the outbox, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from directory.models.outbox import OutboxMail

DUE = ("waiting", "unsure")
STATES = ("waiting", "claimed", "sent", "unsure", "failed", "given up")
CLAIM_LASTS = timedelta(minutes=10)
"""After this long nobody is still handing a claimed mail over: a client's own waits end sooner."""


@dataclass(frozen=True, slots=True)
class MailHealth:
    """counts: each state → how many. oldest_waiting: when the one was written that waits longest.

    last_sent: when the server last said yes.
    """

    counts: Mapping[str, int]
    oldest_waiting: datetime | None
    last_sent: datetime | None

    @property
    def to_look_at(self) -> int:
        """How many a person has to look at: no attempt will be made by itself."""
        return self.counts["failed"] + self.counts["given up"]


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail, for staff: who it is to only so far that it can be told from another."""

    id: int
    key: str
    to_shortened: str
    state: str
    attempts: int
    made_at: datetime
    not_before: datetime
    sent_at: datetime | None
    last_answer: str


def has_ended(now: datetime) -> ColumnElement[bool]:
    """Mails that must not be sent any more."""
    return and_(OutboxMail.ends_at.is_not(None), OutboxMail.ends_at <= now)


def is_sendable(now: datetime) -> ColumnElement[bool]:
    """Mails whose time has not passed."""
    return or_(OutboxMail.ends_at.is_(None), OutboxMail.ends_at > now)


def is_mail_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to do: a mail to be sent, or a claim that nobody will end."""
    lost = and_(OutboxMail.state == "claimed", OutboxMail.claimed_at <= now - CLAIM_LASTS)
    due = and_(OutboxMail.state.in_(DUE), OutboxMail.not_before <= now)
    return session.scalar(select(OutboxMail.id).where(or_(due, lost)).limit(1)) is not None


def count_due(session: Session, now: datetime) -> int:
    """How many mails would be sent now."""
    query = (
        select(func.count())
        .select_from(OutboxMail)
        .where(OutboxMail.state.in_(DUE), OutboxMail.not_before <= now, is_sendable(now))
    )
    return session.scalar(query) or 0


def mail_health(session: Session, now: datetime) -> MailHealth:
    """How the sending of mail fares. now: a moment that knows its zone."""
    found = session.execute(
        select(OutboxMail.state, func.count().label("number")).group_by(OutboxMail.state)
    ).all()
    # One that is meant for a later day has not begun to wait.
    begun = or_(OutboxMail.not_before <= now, OutboxMail.attempts > 0)
    oldest = select(func.min(OutboxMail.made_at)).where(OutboxMail.state.in_((*DUE, "claimed")), begun)
    return MailHealth(
        counts=dict.fromkeys(STATES, 0) | {row.state: row.number for row in found},
        oldest_waiting=session.scalar(oldest),
        last_sent=session.scalar(select(func.max(OutboxMail.sent_at))),
    )


def list_mail(session: Session, *, state: str = "", most: int) -> Sequence[MailLine]:
    """The newest mails, in one state or in any."""
    query = select(OutboxMail).order_by(OutboxMail.id.desc()).limit(most)
    if state:
        query = query.where(OutboxMail.state == state)
    return [
        MailLine(
            id=mail.id,
            key=mail.key,
            to_shortened=shortened(mail.to_address),
            state=mail.state,
            attempts=mail.attempts,
            made_at=mail.made_at,
            not_before=mail.not_before,
            sent_at=mail.sent_at,
            last_answer=mail.last_answer,
        )
        for mail in session.scalars(query)
    ]


def shortened(address: str) -> str:
    """'m…@example.org': enough to recognise an address, too little to write to it."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
