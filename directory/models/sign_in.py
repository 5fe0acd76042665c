"""Being signed in, and trying to be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Moment


class SignIn(Base):
    """One browser that is signed in.

    token_hash: SHA-256 of what its cookie holds, so a copy of this table opens nothing.
    device: in a few plain words, such as ‘Firefox on Windows’.
    second_factor: a code, a passkey or a recovery code was given.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    device: Mapped[str] = mapped_column(Text)
    second_factor: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInAttempt(Base):
    """A failed attempt. Counted here, so that all workers count together; deleted after a day.

    email_hash, network_hash: keyed hashes, so that the table tells nobody who tried or from where.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        CheckConstraint("kind IN ('password','link','code','recovery')", name="kind"),
        Index("ix_sign_in_attempt_pair", "email_hash", "network_hash", "tried_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    email_hash: Mapped[str] = mapped_column(Text)
    network_hash: Mapped[str] = mapped_column(Text, index=True)
    tried_at: Mapped[datetime] = mapped_column(Moment)


class SignInLink(Base):
    """A link in a mail that works once: to sign in, or to choose a new password.

    token_hash: SHA-256 of what the link holds, so a copy of this table opens nothing. Of a row that was used in the
      moment in which it was made and ended, the keyed hash of what a passkey has answered: it is taken once.
    next_path: the page of ours to go on to; '' for none.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (CheckConstraint("kind IN ('sign in','reset')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    next_path: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
