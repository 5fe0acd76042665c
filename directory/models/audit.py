"""Who did what, when. The application can add to it and read it; the database refuses the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class AuditEntry(Base):
    """One act. account_id: None for the site itself, and for everybody once 24 months have passed.

    act: a verb and a noun ('approve change'). about, about_id: the kind and number of what was acted on; None where
    it led to a person, once 24 months have passed.
    details: what else has to be known, and nothing about a person.
    Triggers refuse to delete a row or put another in its place, and any change of one but losing the person.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    role: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    about_id: Mapped[int | None]
    details: Mapped[dict[str, str]] = mapped_column(JSON)
