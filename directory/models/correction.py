"""What a visitor without an account says is wrong with a listing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class Correction(Base):
    """One message. words: None once they are deleted, 30 days after closing.

    about: what it is about ('telephone', 'website', 'address', 'closed', 'who it is for', 'waiting', 'other').
    is_urgent: it reads as if somebody were in danger. words_hash: so that a flood of one text is one row.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint(
            "about IN ('telephone','website','address','closed','who it is for','waiting','other')",
            name="about",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)
    words_hash: Mapped[str] = mapped_column(Text, index=True)
    times: Mapped[int] = mapped_column(default=1)
    is_urgent: Mapped[bool]
    received_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    result: Mapped[str] = mapped_column(Text, default="")
