"""Where a service is; may be confidential."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Location(Base):
    """A place of a service: 'exact' (its own public postcode), 'town' (the town's centre) or 'confidential'.

    is_confidential: must never leave the database. Then it holds no point, so
      that nothing can measure from it by mistake.
    easting_m, northing_m: British National Grid, in metres.
    """

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint("precision IN ('exact','town','confidential')", name="precision"),
        CheckConstraint("NOT is_confidential OR (easting_m IS NULL AND northing_m IS NULL)", name="hidden"),
        CheckConstraint("precision <> 'confidential' OR is_confidential", name="confidential"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    precision: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    is_confidential: Mapped[bool]
    easting_m: Mapped[int | None]
    northing_m: Mapped[int | None]
