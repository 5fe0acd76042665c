"""What a service is tagged with."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Attribute(Base):
    """A term of a taxonomy on a service, as in Open Referral UK.

    taxonomy: group, support_type, source_group, source_type, form, only_for,
      adapted_for, mode, referral, language or access.
    is_certain: False for *possible*, which stays marked as such for good.
    """

    __tablename__ = "attribute"
    __table_args__ = (
        CheckConstraint("taxonomy <> '' AND term <> ''", name="named"),
        {"sqlite_with_rowid": False},
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    taxonomy: Mapped[str] = mapped_column(Text, primary_key=True)
    term: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    is_certain: Mapped[bool]
