"""The browsers that are signed in: begun, kept on, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from directory.config import SignInTimes
from directory.models.account import Account
from directory.models.sign_in import SignIn

KEPT = timedelta(days=30)
"""How long the row of a sign-in that is over stays."""

MOVED_AT_MOST_EVERY = timedelta(minutes=5)
"""So that reading pages does not write to the database each time."""


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """token_hash: of what the browser's cookie will hold. device: in plain words."""

    account_id: int
    token_hash: str
    device: str
    second_factor: bool


def begin_sign_in(session: Session, new: NewSignIn, times: SignInTimes, *, now: datetime) -> None:
    """One more browser that is signed in. The caller commits."""
    session.execute(delete(SignIn).where(SignIn.account_id == new.account_id, SignIn.ends_at < now - KEPT))
    session.execute(
        update(Account).where(Account.id == new.account_id).values(used_at=now, idle_told_at=None)
    )
    session.add(
        SignIn(
            account_id=new.account_id,
            token_hash=new.token_hash,
            device=new.device,
            second_factor=new.second_factor,
            started_at=now,
            seen_at=now,
            ends_at=_end(now, now, times),
        )
    )


def keep_on(
    session: Session, sign_in_id: int, started_at: datetime, times: SignInTimes, *, now: datetime
) -> None:
    """Somebody is still there. The caller commits. A sign-in that has ended meanwhile stays ended."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.ends_at > now)
        .values(seen_at=now, ends_at=_end(started_at, now, times))
    )


def end_sign_in(session: Session, token_hash: str, *, now: datetime) -> None:
    """This browser is signed out. The caller commits."""
    session.execute(
        update(SignIn).where(SignIn.token_hash == token_hash, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def end_one(session: Session, account_id: int, sign_in_id: int, *, now: datetime) -> bool:
    """One browser of this account; False where it is another's, or none. The caller commits."""
    done = session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == account_id)
        .values(ended_at=now)
        .returning(SignIn.id)
    )
    return done.first() is not None


def end_all_but(session: Session, account_id: int, sign_in_id: int | None, *, now: datetime) -> None:
    """Every browser of this account, but perhaps one. The caller commits."""
    which = (SignIn.account_id == account_id) & SignIn.ended_at.is_(None)
    if sign_in_id is not None:
        which &= SignIn.id != sign_in_id
    session.execute(update(SignIn).where(which).values(ended_at=now))


def new_stamp(session: Session, account_id: int) -> None:
    """Whoever gave the old password, or a link, and not yet the second step, begins anew. The caller commits."""
    session.execute(update(Account).where(Account.id == account_id).values(fs_uniquifier=uuid4().hex))


def _end(started_at: datetime, now: datetime, times: SignInTimes) -> datetime:
    return min(now + timedelta(minutes=times.idle_min), started_at + timedelta(minutes=times.longest_min))
