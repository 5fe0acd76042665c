"""Mail to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class OutboxMail(Base):
    """One mail, written in the transaction of what it tells of.

    key: says what it is for ('invitation 12'), so that the same mail is never written twice.
    message_id: the same at every attempt. body: plain text; None once it may be forgotten.
    state: 'waiting', 'claimed' (by a worker, at claimed_at), 'sent' (the server said yes), 'unsure' (it was handed
      over and the answer was lost: tried once more), 'failed' (the server said no for good), 'given up' (the answer
      was lost twice, nobody would take it for days, or its time had passed: a person has to look).
    unsure_at: when an answer was first lost; handed over at most once after that.
    last_answer: what the server said, for staff.
    ends_at: from when it must not be sent any more: what it says, or its link, holds no longer. None for mails
      that were written before there was such a moment.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','claimed','sent','unsure','failed','given up')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    message_id: Mapped[str] = mapped_column(Text, unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    to_address: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[str] = mapped_column(Text, default="")
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    unsure_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    last_answer: Mapped[str] = mapped_column(Text, default="")


class JobRun(Base):
    """Nothing writes it: each job sees to it in its own rows that work is done once. It went out with migration 008."""

    __tablename__ = "job_run"
    __table_args__ = {"sqlite_with_rowid": False}

    job: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    claimed_by: Mapped[str] = mapped_column(Text)
    claimed_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
