"""The number by which every worker sees that the listings have changed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class ListingsVersion(Base):
    """One row, made by the first migration. Whoever writes listings adds one, in the same transaction."""

    __tablename__ = "listings_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
