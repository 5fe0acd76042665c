"""Links in mails that sign in, or let a new password be chosen: random, short-lived, and good once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from directory.models.account import Account
from directory.models.sign_in import SignInLink

AGAIN_AFTER = timedelta(minutes=5)
"""One mail of a kind in this time. The one before still works then, so nobody can keep its owner out by asking
for more, and nobody can fill a mailbox."""

MANY_A_DAY = 10
SELDOM = timedelta(hours=1)
"""After so many of a day that nobody used, one mail in an hour: strangers fill no mailbox. Each then works for that
hour, so that they shut nobody out. A browser in which its owner has signed in before goes on as before."""

KEPT = timedelta(days=1)
TWO_TAPS = timedelta(minutes=2)
"""So long after a link was used, the same browser is led to where it led: the first answer may have been lost."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """kind: 'sign in' or 'reset'. token_hash: of what the mail will hold. next_path: a page of ours, or ''."""

    account_id: int
    kind: str
    token_hash: str
    next_path: str = ""


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link that still works: whose, and where it leads."""

    account_id: int
    email: str
    next_path: str


def link_time(
    session: Session, account_id: int, kind: str, *, minutes: int, now: datetime, is_own_browser: bool = False
) -> tuple[bool, int]:
    """Whether a link may be made now, and how many minutes it then works: until the next one may be made, at least.

    False where the last one still works, or after very many.
    """
    session.execute(delete(SignInLink).where(SignInLink.ends_at < now - KEPT))
    # The row of the account is held, so that two requests at once do not both write a mail.
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    unused = (
        SignInLink.account_id == account_id,
        SignInLink.kind == kind,
        SignInLink.used_at.is_(None),
    )
    made = list(session.scalars(select(SignInLink.made_at).where(*unused, SignInLink.made_at > now - KEPT)))
    # One that ended sooner holds nobody up.
    works = select(SignInLink.id).where(
        *unused, SignInLink.made_at > now - AGAIN_AFTER, SignInLink.ends_at > now
    )
    is_soon = session.scalar(works.limit(1)) is not None
    is_seldom = len(made) >= MANY_A_DAY and not is_own_browser and max(made) > now - SELDOM
    # With this one there may be so many that the owner, asking after a stranger, is sent none for as long.
    if len(made) + 1 >= MANY_A_DAY:
        minutes = max(minutes, int(SELDOM.total_seconds()) // 60)
    return not (is_soon or is_seldom), minutes


def store_link(session: Session, new: NewLink, *, minutes: int, now: datetime) -> None:
    """Store the link, for as many minutes as `link_time` says. The caller commits."""
    session.add(
        SignInLink(
            account_id=new.account_id,
            kind=new.kind,
            token_hash=new.token_hash,
            next_path=new.next_path,
            made_at=now,
            ends_at=now + timedelta(minutes=minutes),
        )
    )
    session.flush()


def open_link(session: Session, kind: str, token_hash: str, *, now: datetime) -> OpenedLink | None:
    """Whose link this is; None where it is none, was used or is too old. Using it up is another step."""
    return _link(session, kind, token_hash, SignInLink.used_at.is_(None), SignInLink.ends_at > now)


def use_link(session: Session, kind: str, token_hash: str, *, now: datetime) -> OpenedLink | None:
    """As open_link, and from now on it works no more. Of two at once, one gets it. The caller commits."""
    found = open_link(session, kind, token_hash, now=now)
    if found is None:
        return None
    taken = session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == token_hash, SignInLink.used_at.is_(None))
        .values(used_at=now)
        .returning(SignInLink.id)
    )
    return found if taken.first() is not None else None


def just_used(session: Session, kind: str, token_hash: str, *, now: datetime) -> OpenedLink | None:
    """A link that was used up a moment ago: by whoever taps twice, most likely. It opens nothing by itself."""
    return _link(session, kind, token_hash, SignInLink.used_at > now - TWO_TAPS)


def _link(
    session: Session, kind: str, token_hash: str, *conditions: ColumnElement[bool]
) -> OpenedLink | None:
    found = session.execute(
        select(Account.id, Account.email, SignInLink.next_path)
        .join(Account, Account.id == SignInLink.account_id)
        .where(
            SignInLink.kind == kind,
            SignInLink.token_hash == token_hash,
            Account.active.is_(True),
            *conditions,
        )
    ).one_or_none()
    return OpenedLink(*found) if found is not None else None


def end_links(session: Session, account_id: int, *, now: datetime) -> None:
    """No link of this account works any more: after a new password. The caller commits."""
    session.execute(
        update(SignInLink)
        .where(SignInLink.account_id == account_id, SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
