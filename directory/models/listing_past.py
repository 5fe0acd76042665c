"""What a listing was, each time it was changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class ListingPast(Base):
    """A whole listing as it stood after a change: column → text, empty cells left out.

    The first row of a service is what stood before its first change here. act: in a few words. role: of whoever did it.
    It holds confidential places, as `import_record` does: never shown but to those who may see the listing's own.
    """

    __tablename__ = "listing_past"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("proposed_change.id", ondelete="SET NULL"))
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    act: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
