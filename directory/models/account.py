"""Who may sign in. A row holds what signing in needs, and what the person is; never a person's name."""

from __future__ import annotations

from datetime import datetime

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, String, Table, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.models.base import Base, Moment

account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What an account may do on the whole site: 'moderator', 'administrator' or 'commissioner'.

    Being an owner or an editor of an organisation is a row of `membership`; a commissioner's
    areas are rows of `area_grant`.
    """

    __tablename__ = "role"
    __table_args__ = (CheckConstraint("name IN ('moderator','administrator','commissioner')", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)


class Account(Base, UserMixin):
    """One way to sign in. email: as given, folded to lower case. title: what the person is ('service manager').

    used_at: when it was last signed in with, or a link mailed to it was used. idle_told_at: when it was told that it
    will be closed, since nobody uses it; None while somebody does.

    The columns from `password` to `mf_recovery_codes` are those that Flask-Security asks for, by its names, but for
    `totp_counter`: the number of the half-minute whose code was given last, so that none is taken twice.
    """

    __tablename__ = "account"
    # A number is never given again: the log of acts, which outlives an account, would speak of somebody else.
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    title: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    idle_told_at: Mapped[datetime | None] = mapped_column(Moment)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    totp_counter: Mapped[int | None]
    us_totp_secrets: Mapped[str | None] = mapped_column(Text)
    us_phone_number: Mapped[str | None] = mapped_column(String(128), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)  # type: ignore[assignment]  # the library says `str`
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    roles: Mapped[list[Role]] = relationship(secondary=account_role)  # type: ignore[assignment]  # narrower in flask_security
    webauthn: Mapped[list[Passkey]] = relationship(back_populates="user", cascade="all, delete-orphan")  # type: ignore[assignment]  # narrower in flask_security


class Passkey(Base, WebAuthnMixin):
    """A passkey of an account; the columns are those that Flask-Security asks for."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)  # type: ignore[assignment]  # narrower in flask_security
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime] = mapped_column(Moment)
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))

    user: Mapped[Account] = relationship(back_populates="webauthn")
