"""What is kept of people is kept for a time; when it has passed, it goes. Safe to run as often as anybody likes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, Text, case, delete, literal, or_, update
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from directory.actions.mail.forget import forget_old_mail
from directory.models.audit import AuditEntry
from directory.models.correction import Correction
from directory.models.membership import Invitation, MailboxLink, ManageRequest
from directory.models.sign_in import SignIn, SignInAttempt, SignInLink

AUDIT_MONTHS = 24
# Kinds of record that lead to one person. The triggers of the table know the same.
RECORDS_OF_PEOPLE = ("account", "membership", "invitation", "request")
# Acts whose details are the number of such a record.
DETAILS_OF_PEOPLE = ("change email", "set contact")
SIGN_INS = timedelta(days=30)
ATTEMPTS = timedelta(days=1)
NETWORKS = timedelta(days=1)
ADDRESSES = timedelta(days=90)
WORDS_OF_REQUESTS = timedelta(days=30)
WORDS_OF_CORRECTIONS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows lost something, by kind."""

    acts: int
    mails: int
    sign_ins: int
    attempts: int
    addresses: int
    words: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.acts + self.mails + self.sign_ins + self.attempts + self.addresses + self.words


def forget_old(session: Session, now: datetime) -> Forgotten:
    """Forget whatever has been kept for its time. The caller commits.

    Acts lose the person, and whose record it was, after 24 months; mails are for `mail.forget`; sign-ins go 30 days
    after they ended, failed attempts and networks after a day; invitations and requests lose the address after 90
    days; words of requests and corrections go 30 days after the answer.
    """
    return Forgotten(
        acts=_acts(session, now),
        mails=forget_old_mail(session, now=now),
        sign_ins=_count(
            session,
            delete(SignIn).where(
                or_(SignIn.ended_at < now - SIGN_INS, SignIn.ends_at < now - SIGN_INS),
            ),
        ),
        attempts=_count(session, delete(SignInAttempt).where(SignInAttempt.tried_at < now - ATTEMPTS))
        + _count(session, delete(SignInLink).where(SignInLink.ends_at < now - ATTEMPTS))
        + _count(session, delete(MailboxLink).where(MailboxLink.ends_at < now - ATTEMPTS)),
        addresses=_addresses(session, now),
        words=_words(session, now),
    )


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month, that many months ago; the last day where that month is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("no month has fewer than 28 days")


def _acts(session: Session, now: datetime) -> int:
    """Of old acts: who did it, and whose record it was done to, which tells the same of what people do themselves."""
    old = AuditEntry.at < months_before(now, AUDIT_MONTHS)
    of_person = AuditEntry.about.in_(RECORDS_OF_PEOPLE)
    names_person = AuditEntry.act.in_(DETAILS_OF_PEOPLE) & (cast_to(AuditEntry.details, Text) != "{}")
    return _count(
        session,
        update(AuditEntry)
        .where(
            old,
            or_(
                AuditEntry.account_id.is_not(None), of_person & AuditEntry.about_id.is_not(None), names_person
            ),
        )
        .values(
            account_id=None,
            about_id=case((of_person, None), else_=AuditEntry.about_id),
            details=case((names_person, literal({}, JSON)), else_=AuditEntry.details),
        ),
    )


def _addresses(session: Session, now: datetime) -> int:
    moment = now - ADDRESSES
    over = or_(Invitation.used_at < moment, Invitation.withdrawn_at < moment, Invitation.ends_at < moment)
    invitations = update(Invitation).where(Invitation.email != "", over).values(email="")
    requests = (
        update(ManageRequest)
        # The channel may hold an address where the request itself has none any more.
        .where(
            or_(ManageRequest.email != "", ManageRequest.checked_through != ""),
            ManageRequest.decided_at < moment,
        )
        .values(email="", checked_through="")
    )
    networks = (
        update(ManageRequest)
        .where(ManageRequest.network_hash != "", ManageRequest.made_at < now - NETWORKS)
        .values(network_hash="")
    )
    return sum(_count(session, each) for each in (invitations, requests, networks))


def _words(session: Session, now: datetime) -> int:
    requests = (
        update(ManageRequest)
        .where(ManageRequest.words != "", ManageRequest.decided_at < now - WORDS_OF_REQUESTS)
        .values(words="")
    )
    # A hash of few words could be guessed back into them.
    corrections = (
        update(Correction)
        .where(Correction.words.is_not(None), Correction.closed_at < now - WORDS_OF_CORRECTIONS)
        .values(words=None, words_hash="")
    )
    return sum(_count(session, each) for each in (requests, corrections))


def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
