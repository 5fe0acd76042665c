"""Why a service is in the directory."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Inclusion(Base):
    """One criterion of the inclusion decision: its answer, the evidence, and its date ('' is not known)."""

    __tablename__ = "inclusion"
    __table_args__ = (
        CheckConstraint("answer IN ('yes','no','not known')", name="answer"),
        {"sqlite_with_rowid": False},
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    evidence_date: Mapped[str] = mapped_column(Text)
