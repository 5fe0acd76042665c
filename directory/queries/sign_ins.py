"""What signing in has to know of an account, and the browsers that are signed in to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.account import Account, Passkey
from directory.models.sign_in import SignIn

STAFF = frozenset({"moderator", "administrator"})


@dataclass(frozen=True, slots=True)
class SigningIn:
    """An account that may sign in. password: its hash; None where it has none.

    stamp: random; another one after a new password.
    """

    account_id: int
    email: str
    password: str | None
    is_staff: bool
    has_second_factor: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey, as its owner sees it."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account can sign in with beside its e-mail. codes_left: recovery codes that were not used."""

    has_password: bool
    has_authenticator: bool
    passkeys: tuple[PasskeyRow, ...]
    codes_left: int

    @property
    def has_second(self) -> bool:
        """Whether a second factor is set up at all."""
        return self.has_authenticator or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One browser that is signed in."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime


def signing_in(session: Session, *, email: str = "", account_id: int = 0) -> SigningIn | None:
    """The account of an address (folded to lower case), or of a number; None where there is none, or it has ended."""
    which = Account.email == email if email else Account.id == account_id
    account = session.scalar(select(Account).where(which, Account.active.is_(True)))
    return None if account is None else _signing_in(account)


def signing_in_or_another(session: Session, email: str) -> SigningIn | None:
    """The account of an address; any other where there is none, so that it takes as long. None where nobody has one."""
    first = (Account.email == email).desc()
    account = session.scalar(
        select(Account).where(Account.active.is_(True)).order_by(first, Account.id).limit(1)
    )
    return None if account is None else _signing_in(account)


def _signing_in(account: Account) -> SigningIn:
    return SigningIn(
        account_id=account.id,
        email=account.email,
        password=account.password,
        is_staff=any(role.name in STAFF for role in account.roles),
        has_second_factor=bool(account.webauthn or account.tf_totp_secret),
        stamp=account.fs_uniquifier,
    )


def factors(session: Session, account_id: int) -> Factors:
    """What is set up for this account."""
    account = session.get_one(Account, account_id)
    keys = session.scalars(
        select(Passkey).where(Passkey.user_id == account_id).order_by(Passkey.create_datetime, Passkey.id)
    )
    return Factors(
        has_password=account.password is not None,
        has_authenticator=account.tf_totp_secret is not None,
        passkeys=tuple(
            PasskeyRow(key.id, key.name, key.create_datetime, key.lastuse_datetime) for key in keys
        ),
        codes_left=len(account.mf_recovery_codes or ()),
    )


def sign_ins(session: Session, account_id: int, now: datetime) -> tuple[SignInRow, ...]:
    """The browsers that are signed in to this account, the last seen first."""
    found = session.execute(
        select(SignIn.id, SignIn.device, SignIn.started_at, SignIn.seen_at)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.ends_at > now)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return tuple(SignInRow(*row) for row in found)
