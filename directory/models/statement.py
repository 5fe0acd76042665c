"""What commissioners, partnerships and national bodies have said of a cell of the matrix."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Statement(Base):
    """One statement. Rows are only added: a later one of the same speaker takes its place, and both are kept.

    area_code: an authority, a wider area or a named area. mode: in-person, remote or both.
    role: what the person is, never who. withdrawn_*: when and why it was taken back; that alone is written later.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("mode IN ('in-person','remote','both')", name="mode"),
        # 'exists' is a word of SQL, so the column says whose word it is.
        CheckConstraint("state IN ('available','partly','not-available','not-known')", name="state"),
        CheckConstraint("body IN ('commissioner','partnership','national')", name="body"),
        CheckConstraint("effective IN ('','yes','mixed','no')", name="effective"),
        CheckConstraint("role <> ''", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, index=True)
    support_type: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    sector: Mapped[str] = mapped_column(Text)
    effective: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    stated_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_reason: Mapped[str] = mapped_column(Text)
