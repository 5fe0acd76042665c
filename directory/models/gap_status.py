"""What those who plan support have decided about a line of a gap register."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class GapStatus(Base):
    """One decision. Rows are only added: the newest is the status, those before it its history.

    gap_id: stays the same as data move, and is kept when the gap is no longer found.
    area_code: the area of the register. role: what the person is, never who. stated_on: the day they decided.
    """

    __tablename__ = "gap_status"
    __table_args__ = (
        CheckConstraint("status IN ('open','accepted','disputed','planned','closed')", name="status"),
        CheckConstraint("role <> ''", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gap_id: Mapped[str] = mapped_column(Text, index=True)
    area_code: Mapped[str] = mapped_column(Text, index=True)
    status: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    stated_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
