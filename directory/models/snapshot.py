"""The matrix of a day, kept so that its figures can be given again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, DateTime, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base

REASONS = ("command", "weekly", "asked")


class Snapshot(Base):
    """One snapshot; one row for each distinct content, never changed but for the week it may stand for.

    fingerprint: SHA-256 of the content before it was packed. taken_on: the day it shows, in London.
    iso_week: '2026-W48' for the one that stands for that week. reason: why it was taken first.
    services, statements: how many are in it. content: see directory.matrix.snapshot.
    """

    __tablename__ = "snapshot"
    __table_args__ = (CheckConstraint("reason IN ('command','weekly','asked')", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text, unique=True)
    taken_on: Mapped[date] = mapped_column(Date)
    taken_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    iso_week: Mapped[str | None] = mapped_column(Text, unique=True)
    reason: Mapped[str] = mapped_column(Text)
    services: Mapped[int]
    statements: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
