"""The log of acts: one line for each, in the transaction of the act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.models.audit import AuditEntry


def record(
    session: Session, by: Actor, act: str, about: str, about_id: int | None, *, now: datetime, **details: str
) -> None:
    """Write down what was done. details: nothing about a person, and no confidential place.

    act: a verb and a noun ('approve change'). about: the kind of thing ('service', 'change', 'account').
    now: a moment that knows its zone.
    """
    session.add(
        AuditEntry(
            at=now,
            account_id=by.account_id,
            role=by.role,
            act=act,
            about=about,
            about_id=about_id,
            details=details,
        )
    )
