"""What the outbox keeps no longer than it needs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from directory.models.outbox import OutboxMail

SENT_TEXT_KEPT = timedelta(days=7)
"""The text of a mail that was sent may hold a link or a name; after this nobody needs it here."""
ADDRESS_KEPT = timedelta(days=30)
"""Who a mail went to, and what their server said: as long as somebody may ask where it is. The text of one that was
not sent too, so that staff may send it again."""
MAIL_KEPT = timedelta(days=730)
"""That a mail was written, for what and when: as long as the log of acts knows who did what."""

ENDED = ("sent", "failed", "given up")


def forget_old_mail(session: Session, *, now: datetime) -> int:
    """Forget texts, then addresses, then whole mails. The caller commits.

    The one rule of how long mail is kept. Mail that still waits is kept: it has an end of its own, in `claim`.
    Returns how many mails lost something.
    """
    texts = update(OutboxMail).where(
        OutboxMail.body.is_not(None), OutboxMail.state == "sent", OutboxMail.sent_at < now - SENT_TEXT_KEPT
    )
    moment = now - ADDRESS_KEPT
    old = or_(OutboxMail.sent_at < moment, OutboxMail.sent_at.is_(None) & (OutboxMail.made_at < moment))
    held = or_(OutboxMail.body.is_not(None), OutboxMail.to_address != "", OutboxMail.last_answer != "")
    addresses = update(OutboxMail).where(OutboxMail.state.in_(ENDED), old, held)
    mails = delete(OutboxMail).where(OutboxMail.state.in_(ENDED), OutboxMail.made_at < now - MAIL_KEPT)
    done = (
        texts.values(body=None),
        addresses.values(body=None, to_address="", last_answer="", account_id=None),
        mails,
    )
    found: set[int] = set()
    for statement in done:
        found |= set(session.scalars(statement.returning(OutboxMail.id)))
    return len(found)
