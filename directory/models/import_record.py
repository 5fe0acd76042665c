"""What the last import wrote, cell by cell, so that a person's change is never overwritten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class ImportRecord(Base):
    """The cells an import wrote of one service: column → text, empty cells left out.

    They hold confidential places too, so they never leave the database.
    """

    __tablename__ = "import_record"

    service_id: Mapped[int] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    imported_at: Mapped[datetime] = mapped_column(Moment)
