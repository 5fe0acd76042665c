"""Sets of authorities that plan together."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class NamedAreaRow(Base):
    """A named area, between two days; NULL is open. Those that ship are in data/named_areas.csv instead."""

    __tablename__ = "named_area"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="days"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)


class NamedAreaMember(Base):
    """An authority (LAD code) of a named area."""

    __tablename__ = "named_area_member"
    __table_args__ = {"sqlite_with_rowid": False}

    area_code: Mapped[str] = mapped_column(
        ForeignKey("named_area.code", ondelete="CASCADE"), primary_key=True
    )
    authority: Mapped[str] = mapped_column(Text, primary_key=True)
