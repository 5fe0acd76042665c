"""Links of reminders end with what they stand on: a mailbox that is theirs no more, a membership, an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from directory.models.outbox import OutboxMail
from directory.models.upkeep import Reminder
from directory.queries.mail import DUE


def end_reminder_links(
    session: Session, account_id: int, *, now: datetime, organisation_id: int | None = None
) -> None:
    """No link that went to this account works any more, and one that has not left never does. The caller commits.

    The rows stay: by them an organisation is not written to again too soon. organisation_id: of that one alone.
    """
    links = update(Reminder).where(Reminder.account_id == account_id, Reminder.used_at.is_(None))
    of = "%" if organisation_id is None else f"{organisation_id} %"
    kinds = or_(OutboxMail.key.like(f"reminder {of}"), OutboxMail.key.like(f"fresh link {of}"))
    if organisation_id is not None:
        links = links.where(Reminder.organisation_id == organisation_id)
    session.execute(links.values(used_at=now))
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.account_id == account_id, OutboxMail.state.in_(DUE), kinds)
        .values(state="given up", body=None)
    )


def move_mail(session: Session, account_id: int, old: str, new: str) -> None:
    """What waits for a mailbox that is not this account's any more goes to the new one. The caller commits.

    A mail with a link ends there: what was sent to one mailbox opens nothing from another. What warns of the move
    itself still goes to the mailbox so far, since who moves it may be a stranger.
    """
    waits = (
        OutboxMail.account_id == account_id,
        OutboxMail.to_address == old,
        OutboxMail.state.in_(DUE),
    )
    has_link = or_(*(OutboxMail.key.startswith(f"{kind} ") for kind in _WITH_LINK))
    session.execute(update(OutboxMail).where(*waits, has_link).values(state="given up", body=None))
    warns = OutboxMail.key.like("request % asked")
    session.execute(update(OutboxMail).where(*waits, ~warns).values(to_address=new))


_WITH_LINK = ("reminder", "fresh link", "link", "reset", "invitation")
"""How the keys begin of mails in which a link stands that works for whoever has the mail."""
