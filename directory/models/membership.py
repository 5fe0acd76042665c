"""Who may act for an organisation or an area, and how they come to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class Membership(Base):
    """An account that acts for an organisation. Ended ones stay, so that the history can be read.

    is_contact: the organisation chose this one's address for what is written to it; of the current ones one at most.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("kind IN ('owner','editor')", name="kind"),
        Index(
            "ix_membership_current",
            "account_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # As with accounts: no number is given again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    is_contact: Mapped[bool] = mapped_column(default=False, server_default=false())


class AreaGrant(Base):
    """An area whose statements a commissioner records. area_code: LAD code, or that of a wider area."""

    __tablename__ = "area_grant"
    __table_args__ = {"sqlite_with_rowid": False}

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)


class Invitation(Base):
    """Somebody asked to join. Its link holds a token of which only the hash is kept; it works once.

    kind: 'owner', 'editor' (then organisation_id is set), 'commissioner' (then area_codes, one a line),
    'moderator' or 'administrator'.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("kind IN ('owner','editor','commissioner','moderator','administrator')", name="kind"),
        CheckConstraint("(kind IN ('owner','editor')) = (organisation_id IS NOT NULL)", name="organisation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    area_codes: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class ManageRequest(Base):
    """Somebody who asks to manage a listing, to be an organisation's owner, or to change an owner's e-mail address.

    A moderator decides, after asking through a channel that was held before. checked_through: that channel.
    network_hash: a keyed hash of where it was sent from, so that a flood is seen; '' after a day.
    """

    __tablename__ = "manage_request"
    __table_args__ = (
        CheckConstraint("kind IN ('manage','replace owner','change email')", name="kind"),
        CheckConstraint("state IN ('waiting','approved','refused')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    email: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_through: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    network_hash: Mapped[str] = mapped_column(Text, default="", server_default="", index=True)


class MailboxLink(Base):
    """The link by which a new mailbox says yes to being an account's address, once a moderator has approved it.

    Only the hash of its token is kept; it works once. The new address is that of the request.
    """

    __tablename__ = "mailbox_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("manage_request.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
