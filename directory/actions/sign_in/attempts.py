"""Attempts to sign in, counted before they are looked at, so that no two workers together allow one too many.

Nobody can shut another out. What is counted against somebody is counted for where they are: their network, or
their own browser once they have signed in with it. Only when an address is tried from everywhere do browsers
that nobody has signed in with have to wait. The owner's own does not; nor do a passkey alone, a link in a mail that
signs in, and, for staff, whom no link signs in, a new password chosen by a link: that makes the browser their own.
Asking for such a mail is not counted at all, so that it always works, whatever others of the same network have done:
`links` holds back mails by the address that they go to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from directory.models.sign_in import SignInAttempt

KEPT = timedelta(days=1)
ATTEMPT_LOCK = 727_002
"""Any number, by which PostgreSQL's advisory lock is known: attempts are counted one at a time."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures are let through within `minutes`: of one address from one place; from one place; of one
    address from everywhere.
    """

    pair: int
    place: int
    address: int
    minutes: int


LIMITS = {
    "password": Limit(pair=5, place=30, address=20, minutes=15),
    # A million codes, three of which are right at a time.
    "code": Limit(pair=5, place=30, address=10, minutes=15),
    "recovery": Limit(pair=5, place=30, address=10, minutes=15),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """kind: 'password', 'code' or 'recovery'. address, place: keyed hashes, that tell nobody who or where.

    is_own_browser: `place` is a browser that has signed in to this account before, not a network.
    """

    kind: str
    address: str
    place: str
    is_own_browser: bool


def count_attempt(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Write the attempt down as failed; False, and nothing written, where there were too many. The caller commits.

    It is counted before anything is compared: whoever sends a hundred at once gets no more answers than one by one.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ATTEMPT_LOCK})
    session.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < now - KEPT))
    limit = LIMITS[attempt.kind]
    since = now - timedelta(minutes=limit.minutes)
    same_address = SignInAttempt.email_hash == attempt.address
    same_place = SignInAttempt.network_hash == attempt.place
    bounds: list[tuple[int, ColumnElement[bool]]] = [(limit.pair, same_address & same_place)]
    if not attempt.is_own_browser:
        bounds += [(limit.place, same_place), (limit.address, same_address)]
    for most, which in bounds:
        query = select(func.count()).where(
            SignInAttempt.kind == attempt.kind, SignInAttempt.tried_at > since, which
        )
        if session.scalar(query) >= most:  # type: ignore[operator]  # a count is never None
            return False
    session.add(
        SignInAttempt(kind=attempt.kind, email_hash=attempt.address, network_hash=attempt.place, tried_at=now)
    )
    return True


def forget_attempts(session: Session, attempt: Attempt) -> None:
    """After a right answer: what was counted against this address in this place. The caller commits."""
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.kind == attempt.kind,
            SignInAttempt.email_hash == attempt.address,
            SignInAttempt.network_hash == attempt.place,
        )
    )


def forget_passwords_of(session: Session, address: str, *, now: datetime) -> None:
    """After a new password: what was guessed at the old one is over, wherever from. The caller commits.

    address: as in `Attempt`. Codes stay counted, since a mailbox that others read must not let them guess on.
    """
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.kind == "password",
            SignInAttempt.email_hash == address,
            SignInAttempt.tried_at <= now,
        )
    )
