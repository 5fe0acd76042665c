"""A person decides that a mail is to be tried again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.errors import NotFound, RuleBroken
from directory.models.outbox import OutboxMail


def retry_mail(session: Session, number: int, *, by: Actor, now: datetime) -> None:
    """Let it be sent at the next turn, as if for the first time, with the same Message-ID. The caller commits.

    Raises NotFound; RuleBroken('id') where the server has said yes, a worker has it, its text was forgotten,
    or its time has passed.
    """
    mail = session.get(OutboxMail, number)
    if mail is None:
        raise NotFound(f"There is no mail {number}.")
    if mail.state == "sent":
        raise RuleBroken("id", "It was sent: the server said yes.")
    if mail.state == "claimed":
        raise RuleBroken("id", "A worker is handing it over. Look again in ten minutes.")
    if mail.body is None:
        raise RuleBroken("id", "Its text is no longer kept.")
    if mail.ends_at is not None and mail.ends_at <= now:
        raise RuleBroken("id", "Its time has passed: what it says does not hold any more.")
    again = (
        update(OutboxMail)
        .where(OutboxMail.id == number, OutboxMail.state == mail.state)
        .values(state="waiting", attempts=0, unsure_at=None, not_before=now, last_answer="")
    )
    session.execute(again)
    record(session, by, "retry mail", "mail", number, now=now)
