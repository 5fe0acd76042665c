"""Everything personal of one person goes; what they did stays, without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from directory.actions.accounts.grants import refuse_last_administrator
from directory.actions.accounts.held import account_by_email, owners_left
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.withdraw import take_back, take_back_all
from directory.actions.audit import record
from directory.actions.upkeep.end_links import end_reminder_links
from directory.errors import NotFound
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.correction import Correction
from directory.models.membership import Invitation, ManageRequest, Membership
from directory.models.outbox import OutboxMail
from directory.queries.mentions import listings_that_name, rows_that_name, without_address


@dataclass(frozen=True, slots=True)
class Erased:
    """account_id: None where only invitations, requests or mails held the address.

    without_owner: organisations that have none any more.
    in_listings: services that tell or told the address, since their organisation gave it as a contact.
    rows: invitations, requests, mails and corrections that lost something.
    """

    account_id: int | None
    without_owner: tuple[int, ...]
    in_listings: tuple[int, ...] = ()
    rows: int = 0


def erase(session: Session, email: str, *, by: Standing, now: datetime, even_last: bool = False) -> Erased:
    """Erase a person by their address, as `email_of` gives it.

    Proposals, replies and decisions keep the role; the audit loses the person; mails lose address and text; requests
    and invitations lose the address. What a listing tells the public, or has told, is the organisation's, and stays:
    `docs/record_of_processing.md` says why.
    even_last: also where nobody is left who could look after the site.
    Raises NotFound where nothing is held, RuleBroken('role') for the last administrator, NotAllowed.
    """
    if not by.is_administrator:
        raise NotAllowed("only an administrator erases")
    account = account_by_email(session, email)
    if account is not None and account.active and not even_last:
        refuse_last_administrator(session, account)
    account_id = account.id if account is not None else None
    found = _forget_invitations(session, email, now)
    # No account has the number 0; None would find every row that is nobody's.
    found += _forget_requests(session, email, account_id or 0, now)
    found += _forget_mails(session, email, account_id or 0)
    found += _forget_corrections(session, email)
    in_listings = listings_that_name(session, email)
    if account is None and not found and not in_listings:
        raise NotFound("Nothing is held about that address.")
    without_owner: tuple[int, ...] = ()
    if account is not None:
        without_owner = _left_without_owner(session, account)
        take_back_all(session, account.id, None, now=now)
        end_reminder_links(session, account.id, now=now)
        session.execute(update(AuditEntry).where(AuditEntry.account_id == account.id).values(account_id=None))
        # Memberships, sign-ins, passkeys, roles and areas go with it; what others wrote about loses the number.
        session.flush()
        session.delete(account)
        session.flush()
    record(session, by.actor, "erase account", "account", account_id, now=now)
    return Erased(account_id, without_owner, in_listings, found)


def _forget_invitations(session: Session, email: str, now: datetime) -> int:
    found = session.scalars(select(Invitation).where(Invitation.email == email)).all()
    for invitation in found:
        take_back(session, invitation, now=now)
        invitation.email = ""
    return len(found)


def _forget_requests(session: Session, email: str, account_id: int, now: datetime) -> int:
    """Requests of this person, or for this address. One that waits is closed: there is nobody to answer."""
    theirs = or_(ManageRequest.email == email, ManageRequest.account_id == account_id)
    found = session.scalars(select(ManageRequest).where(theirs)).all()
    for request in found:
        # The channel too: it may be the address that the person had before.
        request.email = request.words = request.network_hash = request.checked_through = ""
        if request.state == "waiting":
            request.state, request.decided_at, request.reason = (
                "refused",
                now,
                "the person asked to be forgotten",
            )
    session.flush()
    others = 0
    for column in (ManageRequest.checked_through, ManageRequest.reason, ManageRequest.words):
        for request in rows_that_name(session, column, email):
            setattr(request, column.key, "")
            others += 1
    return len(found) + others


def _forget_mails(session: Session, email: str, account_id: int) -> int:
    """Mails to this person, and texts of other mails that name the address. What has not left never does."""
    # To another address that they asked for; filed under nobody, since that mailbox had not said yes.
    requests = session.scalars(select(ManageRequest.id).where(ManageRequest.account_id == account_id))
    theirs = or_(
        func.lower(OutboxMail.to_address) == email,
        OutboxMail.account_id == account_id,
        OutboxMail.key.in_([f"request {number} mailbox" for number in requests]),
    )
    found = session.scalars(select(OutboxMail).where(theirs)).all()
    for mail in found:
        mail.to_address, mail.last_answer, mail.account_id = "", "", None
        _lose_text(mail)
    session.flush()
    named = rows_that_name(session, OutboxMail.body, email)
    for mail in named:
        _lose_text(mail)
    answered = rows_that_name(session, OutboxMail.last_answer, email)
    for mail in answered:
        mail.last_answer = ""
    return len(found) + len(named) + len(answered)


def _forget_corrections(session: Session, email: str) -> int:
    """A visitor may have written the address; what else they wrote of the listing still has to be looked at."""
    found = rows_that_name(session, Correction.words, email)
    for correction in found:
        # A hash of few words could be guessed back into them.
        correction.words, correction.words_hash = without_address(correction.words, email, "(an address)"), ""
    return len(found)


def _lose_text(mail: OutboxMail) -> None:
    """A mail without its text is never sent."""
    mail.body = None
    if mail.state != "sent":
        mail.state = "given up"


def _left_without_owner(session: Session, account: Account) -> tuple[int, ...]:
    owned = session.scalars(
        select(Membership.organisation_id).where(
            Membership.account_id == account.id, Membership.kind == "owner", Membership.ended_at.is_(None)
        )
    ).all()
    return tuple(sorted(number for number in owned if not owners_left(session, number, without=account.id)))
