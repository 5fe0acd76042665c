"""Until when the money of a service lasts, as a commissioner has told: a fact for commissioners alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base

TAKEN_BACK = date.max
"""As `ends_on`: what was told before is taken back, and it is not known when the money ends. No real day is as late."""


class Funding(Base):
    """One day told. All are kept; the one recorded last counts.

    words: of the commissioner, '' for none; why, where what was told is taken back.
    """

    __tablename__ = "funding"
    __table_args__ = (CheckConstraint("role <> ''", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    ends_on: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
