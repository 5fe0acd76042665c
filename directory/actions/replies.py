"""What a service's owner answers to a statement: added, withdrawn, or taken down by a moderator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.said_words import public_words_of, role_of
from directory.actions.version import take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.models.reply import Reply
from directory.models.service import Service
from directory.models.statement import Statement

REPLY_LENGTH_MAX = 600


@dataclass(frozen=True, slots=True)
class ToReply:
    """A reply as somebody gives it: to which statement, for which service, in which words."""

    statement_id: int
    service_id: int
    words: str


def add_reply(session: Session, asked: ToReply, *, by: Actor, now: datetime) -> int:
    """Store it, and give its number; the caller commits, and knows that the statement concerns the service.

    One reply of a service stands to a statement: a newer one takes the place of the one before.
    Raises NotFound, or RuleBroken('words' or 'by').
    """
    words = public_words_of("words", asked.words, REPLY_LENGTH_MAX)
    if not words:
        raise RuleBroken("words", "Write your reply.")
    # Two who press at once would each see no reply before theirs, and leave two standing.
    take_matrix_turn(session)
    if session.get(Statement, asked.statement_id) is None or session.get(Service, asked.service_id) is None:
        raise NotFound("There is no such statement or service.")
    standing = select(Reply).where(
        Reply.statement_id == asked.statement_id,
        Reply.service_id == asked.service_id,
        Reply.withdrawn_at.is_(None),
    )
    for before in session.scalars(standing):
        if before.words == words:
            return before.id
        before.withdrawn_at = now
    made = Reply(
        statement_id=asked.statement_id,
        service_id=asked.service_id,
        words=words,
        role=role_of("by", by.role),
        account_id=by.account_id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    record(session, by, "add reply", "reply", made.id, now=now, statement=str(asked.statement_id))
    return made.id


def end_reply(
    session: Session, reply_id: int, *, by: Actor, now: datetime, service_id: int | None = None
) -> int:
    """Show it no more, and give the number of the service; the caller commits.

    service_id: whose reply it must be; None for a moderator.
    Raises NotFound, also for a reply of another service. One that has ended already stays as it is.
    """
    row = session.get(Reply, reply_id)
    if row is None or (service_id is not None and row.service_id != service_id):
        raise NotFound(f"No reply has the number {reply_id}.")
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        record(session, by, "withdraw reply" if service_id else "take down reply", "reply", reply_id, now=now)
    return row.service_id
