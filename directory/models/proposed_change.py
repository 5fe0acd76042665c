"""A change of a listing that somebody asks for, field by field."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class ProposedChange(Base):
    """What one person proposes for one service. Columns are those of data/services.csv.

    service_id: None while a new service has not been approved. organisation_id: of whose listings it is one;
      None for a new organisation, whose name is then in `cells`.
    kind: 'edit', 'new', 'restore'. source: how it came ('form', 'spreadsheet', 'confirm link' …).
    cells: column → the text it shall hold. base: column → the text it held when the person began.
    state: 'draft' is seen by its writers alone; 'published' was put in place at once, with nobody's second look.
    round: counts the times it was saved, so that two who edit one draft are told.
    role: what the proposer is, kept when the account is gone.
    edited_by: a moderator who changed what needs a second person, and who therefore is not that one any more.
    """

    __tablename__ = "proposed_change"
    __table_args__ = (
        CheckConstraint("kind IN ('edit','new','restore')", name="kind"),
        CheckConstraint(
            "source IN ('form','spreadsheet','confirm link','moderator','correction')", name="source"
        ),
        CheckConstraint(
            "state IN ('draft','waiting','sent back','approved','published','refused','withdrawn')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    base: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(Text, index=True)
    round: Mapped[int] = mapped_column(default=1)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_role: Mapped[str] = mapped_column(Text, default="")
    decided_words: Mapped[str] = mapped_column(Text, default="")


class ChannelCheck(Base):
    """How the second person made sure of a new number, address or group: one row for each column they checked.

    channel: the way by which the organisation was asked, held before the request: 'telephone', 'email', 'website',
      'letter', 'in person'. held_value: which number, address or page that was.
    """

    __tablename__ = "channel_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("proposed_change.id", ondelete="CASCADE"), index=True)
    column: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    held_value: Mapped[str] = mapped_column(Text)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_at: Mapped[datetime] = mapped_column(Moment)
