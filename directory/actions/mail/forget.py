"""What the outbox and the scheduler keep no longer than they need."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from directory.models.outbox import JobRun, OutboxMail

SENT_TEXT_KEPT = timedelta(days=7)
"""The text of a mail that was sent may hold a link or a name; after this nobody needs it here."""
UNSENT_TEXT_KEPT = timedelta(days=90)
MAIL_KEPT = timedelta(days=730)
"""That a mail was written, to which address and when: as long as the log of acts knows who did what."""
RUNS_KEPT = timedelta(days=90)

ENDED = ("sent", "failed", "given up")


def forget_old_mail(session: Session, *, now: datetime) -> None:
    """Forget texts, then whole mails, and finished runs of jobs. Mail that still waits is kept. The caller commits."""
    texts = update(OutboxMail).where(OutboxMail.body.is_not(None)).values(body=None)
    session.execute(texts.where(OutboxMail.state == "sent", OutboxMail.sent_at <= now - SENT_TEXT_KEPT))
    session.execute(texts.where(OutboxMail.state.in_(ENDED), OutboxMail.not_before <= now - UNSENT_TEXT_KEPT))
    session.execute(
        delete(OutboxMail).where(OutboxMail.state.in_(ENDED), OutboxMail.made_at <= now - MAIL_KEPT)
    )
    session.execute(delete(JobRun).where(JobRun.done_at <= now - RUNS_KEPT))
