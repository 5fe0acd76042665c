"""How a service is reached."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class ContactRoute(Base):
    """One way to reach a service. hours: opening_hours notation of OpenStreetMap; '' is not known."""

    __tablename__ = "contact_route"
    __table_args__ = {"sqlite_with_rowid": False}

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    hours: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
