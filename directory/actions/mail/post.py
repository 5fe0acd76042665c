"""Write a mail into the outbox, in the transaction of what it tells of. Nothing is sent here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import RuleBroken
from directory.mail_address import is_one_address, is_one_line
from directory.models.outbox import OutboxMail

MESSAGE_HOST = "support-directory.invalid"
"""What stands after the @ of a Message-ID: no name of a real host, and the same on every server."""


USUAL_END = timedelta(days=14)
"""After this long nobody is sent news any more: whatever was down for weeks, they have heard otherwise by then."""


def new_message_id() -> str:
    """One that no other mail has, and short enough for its header line to be left whole."""
    return f"<{uuid4().hex}@{MESSAGE_HOST}>"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text. key: says what it is for ('invitation 12'); one mail is written for each key, ever.

    ends_at: when the link in it ends; it is never sent after that. None for a mail without one.
    """

    key: str
    to_address: str
    subject: str
    body: str
    account_id: int | None = None
    ends_at: datetime | None = None


def post_mail(session: Session, letter: Letter, *, now: datetime, not_before: datetime | None = None) -> bool:
    """Store the letter; False where one of its key was stored before. The caller commits.

    Raises RuleBroken('to' or 'subject') for what would break out of its header line.
    """
    if not is_one_address(letter.to_address):
        raise RuleBroken("to", "Enter one e-mail address, like name@example.org.")
    if not is_one_line(letter.subject):
        raise RuleBroken("subject", "Write it on one line.")
    if session.scalar(select(OutboxMail.id).where(OutboxMail.key == letter.key)) is not None:
        return False
    session.add(
        OutboxMail(
            key=letter.key,
            message_id=new_message_id(),
            account_id=letter.account_id,
            to_address=letter.to_address,
            subject=letter.subject,
            body=letter.body,
            state="waiting",
            made_at=now,
            not_before=not_before or now,
            ends_at=letter.ends_at or (not_before or now) + USUAL_END,
        )
    )
    session.flush()
    return True
