"""Keeping listings true: reminders with their links, and calls."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class Reminder(Base):
    """One mail that asks an organisation whether its listings are right, and the link in it.

    step_days: 90, 120, 150 or whatever the settings say: how long since the oldest confirmation.
    token_hash: of the link; it confirms `service_ids` once, until ends_at, and does nothing else.
    """

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    step_days: Mapped[int]
    service_ids: Mapped[list[int]] = mapped_column(JSON)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Call(Base):
    """One call to a service from the call list: claimed by one moderator, then with its result.

    result: '' while it is claimed. claim_ends_at: then it is free again. call_again_on: not before that day.
    """

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint(
            "result IN ('','confirmed','changed','no answer','call again','closed','wrong number','given back')",
            name="result",
        ),
        # Nobody rings a service that somebody else is ringing, however many ask at once.
        Index(
            "ix_call_open",
            "service_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime] = mapped_column(Moment)
    claim_ends_at: Mapped[datetime] = mapped_column(Moment)
    result: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    call_again_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
