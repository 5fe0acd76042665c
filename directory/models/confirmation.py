"""When somebody at a service, or a moderator who rang it, said that a listing is right."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Confirmation(Base):
    """The role of the person who confirmed (never a name), and the day. All are kept; the latest counts."""

    __tablename__ = "confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(Text)
    confirmed_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
