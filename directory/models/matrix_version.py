"""The number by which every worker sees that statements or named areas have changed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class MatrixVersion(Base):
    """One row, made by its migration. Whoever writes statements or named areas adds one, in the same transaction."""

    __tablename__ = "matrix_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
