"""Who provides services."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Organisation(Base):
    """An organisation, known by its name. Its website stands with its services, as their sources give it."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
