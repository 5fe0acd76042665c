"""What whoever proposed a change can still do with it: take it back, or answer a moderator's reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.decide import DecidedAlready, change_of, reasons
from directory.actions.version import take_turn
from directory.queries.waiting import OWN_SOURCES


class NotTheirs(Exception):
    """Somebody takes back what the other side has sent."""


def may_take_back(source: str, proposed_by: int | None, account_id: int | None) -> bool:
    """Whether somebody of the organisation, or of staff, may take a change back.

    What the organisation sent itself is taken back by any of its people; what staff sent, by whoever did: it may be
    there because the organisation's own number is wrong. She can answer it, or send what it should be.
    """
    return source in OWN_SOURCES or (proposed_by is not None and proposed_by == account_id)


def withdraw(session: Session, change_id: int, *, by: Actor, now: datetime) -> None:
    """Take back what was proposed. Whether it is of their organisation is for the caller to know.

    Taking back what is taken back changes nothing. Raises NotFound, NotTheirs, DecidedAlready.
    """
    take_turn(session)
    change = change_of(session, change_id)
    if not may_take_back(change.source, change.proposed_by, by.account_id):
        raise NotTheirs("It was sent by staff, and by somebody else.")
    if change.state == "withdrawn":
        return
    if change.state not in {"draft", "waiting", "sent back", "refused"}:
        raise DecidedAlready(change.state, change.decided_role)
    change.state, change.decided_at = "withdrawn", now
    change.decided_by, change.decided_role = by.account_id, by.role
    record(session, by, "withdraw change", "change", change.id, now=now)


def answer(session: Session, change_id: int, words: str, *, by: Actor, now: datetime) -> None:
    """Answer the reasons of a refusal, or of one sent back: it waits again, as it was. The caller knows whose it is.

    Raises NotFound, DecidedAlready, RuleBroken('words').
    """
    said = reasons(words)
    take_turn(session)
    change = change_of(session, change_id)
    if change.state not in {"refused", "sent back"}:
        raise DecidedAlready(change.state, change.decided_role)
    change.words = "\n\n".join(part for part in (change.words, said) if part)
    change.state, change.sent_at, change.round = "waiting", now, change.round + 1
    record(session, by, "answer decision", "change", change.id, now=now)
