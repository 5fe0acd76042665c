"""Old numbers that lead on: a listing that is now part of another one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class MovedListing(Base):
    """From an old number to the service that is listed now. It leads there in one step, never to another old one.

    Its row in `service`, if it still has one, is found by nobody while this row is here.
    """

    __tablename__ = "moved_listing"
    __table_args__ = (
        CheckConstraint("old_id <> service_id", name="elsewhere"),
        CheckConstraint("reason <> ''", name="reasoned"),
    )

    # Not a key into `service`: an old number leads on even when its row is gone.
    old_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    moved_on: Mapped[date] = mapped_column(Date)
