"""Something that is taken down at once while it is checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class Hold(Base):
    """What nobody is shown until it is lifted.

    what: 'listing' (the whole; value is ''), 'route' (value: the number, address or page of a contact route),
      'website' (value: the address) or 'place' (value: the postcode or town of a location).
    A held value counts wherever it stands in the listings of the service's organisation, however it is written, so
    that an edit cannot bring it back. is_everywhere: in all listings and help lines; only a moderator asks for that.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("what IN ('listing','route','website','place')", name="what"),
        CheckConstraint("(what = 'listing') = (value = '')", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    is_everywhere: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    placed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    placed_at: Mapped[datetime] = mapped_column(Moment)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_words: Mapped[str] = mapped_column(Text, default="")
