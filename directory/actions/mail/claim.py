"""Who sends which mail: each is claimed by one worker before anything leaves. The caller commits at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from directory.models.outbox import OutboxMail
from directory.queries.mail import CLAIM_LASTS, DUE, has_ended, is_sendable

TIME_PASSED = "Its time had passed before it could be sent."
NEVER_TOLD = "The worker that had it ended without a word: it may have been handed over."


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that is ours to hand over, once. attempts: with this one. was_unsure: it may be there already."""

    id: int
    claimed_by: str
    message_id: str
    to_address: str
    subject: str
    body: str
    made_at: datetime
    attempts: int
    was_unsure: bool


def claim_next(session: Session, claimed_by: str, *, now: datetime) -> Claimed | None:
    """The mail that has waited longest, now claimed; None where none is due."""
    oldest = (
        select(OutboxMail.id)
        .where(OutboxMail.state.in_(DUE), OutboxMail.not_before <= now, is_sendable(now))
        .order_by(OutboxMail.not_before, OutboxMail.id)
        .limit(1)
        # On PostgreSQL, past what another worker is claiming at this moment. SQLite has one writer at a time.
        .with_for_update(skip_locked=True)
    )
    number = session.scalar(oldest)
    if number is None:
        return None
    # It says in which states, though the row is locked: a claim must be right by itself.
    claim = (
        update(OutboxMail)
        .where(OutboxMail.id == number, OutboxMail.state.in_(DUE))
        .values(state="claimed", claimed_by=claimed_by, claimed_at=now, attempts=OutboxMail.attempts + 1)
        .returning(OutboxMail)
    )
    mail = session.scalars(claim).one_or_none()
    if mail is None:
        return None
    return Claimed(
        id=mail.id,
        claimed_by=claimed_by,
        message_id=mail.message_id,
        to_address=mail.to_address,
        subject=mail.subject,
        body=mail.body or "",
        made_at=mail.made_at,
        attempts=mail.attempts,
        was_unsure=mail.unsure_at is not None,
    )


def give_up_what_has_ended(session: Session, *, now: datetime) -> int:
    """Mails that must not be sent any more, since what they say holds no longer. Returns how many."""
    ended = (
        update(OutboxMail)
        .where(OutboxMail.state.in_(DUE), has_ended(now))
        .values(state="given up", last_answer=TIME_PASSED)
        .returning(OutboxMail.id)
    )
    return len(session.scalars(ended).all())


def end_lost_claims(session: Session, *, now: datetime) -> int:
    """Mails whose worker ended without a word are unsure: before handing over looks the same as after. How many."""
    first_time = OutboxMail.unsure_at.is_(None)
    lost = (
        update(OutboxMail)
        .where(OutboxMail.state == "claimed", OutboxMail.claimed_at <= now - CLAIM_LASTS)
        .values(
            state=case((first_time, "unsure"), else_="given up"),
            unsure_at=case((first_time, now), else_=OutboxMail.unsure_at),
            last_answer=NEVER_TOLD,
            not_before=now,
        )
        .returning(OutboxMail.id)
    )
    return len(session.scalars(lost).all())
