"""Whose residents a service accepts."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Coverage(Base):
    """An authority (LAD code) or a nation ('E92000001', 'W92000004') whose residents a service accepts.

    is_partial: of some of whom only; the service must be asked.
    """

    __tablename__ = "coverage"
    __table_args__ = {"sqlite_with_rowid": False}

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    is_partial: Mapped[bool]
