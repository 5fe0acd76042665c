"""A new address takes effect when its own mailbox has said yes to it, and not before.

The mailbox is asked after the moderator has approved, never before. Asked before, the site would send a link to
whatever address somebody types; a confirmed mailbox would wait for days, and a moderator might take it for a proof of
who asks, which a stranger's mailbox gives as easily. Asked last, the yes is the step by which it takes effect, and
whether the address is still free is looked at in that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.actions.accounts.held import account_by_email, current_membership, locked_account
from directory.actions.accounts.sign_ins import end_sign_ins
from directory.actions.accounts.tokens import hash_of, new_token
from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.actions.upkeep.end_links import move_mail
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import MailboxLink, ManageRequest

LINK_LASTS = timedelta(days=7)
SUBJECT = "Your account"
GONE = "This link does not work any more."


@dataclass(frozen=True, slots=True)
class NewMailbox:
    """What a link would do. email: the new address."""

    account_id: int
    email: str


def tell_that_it_was_asked(session: Session, request: ManageRequest, account: Account, now: datetime) -> None:
    """To the address so far, at once: whoever asked may be somebody else at her desk."""
    words = (
        "somebody, we hope you, asked for another e-mail address for your account. Nothing has changed yet: a "
        "moderator makes sure first, and then the new address has to confirm it.",
        "Was it not you? Then sign in, end all other sign-ins on the page of your account, choose a new password, "
        "and tell us.",
    )
    _post(session, f"request {request.id} asked", account.email, words, account.id, now)


def ask_mailbox(
    session: Session, request: ManageRequest, link: Callable[[str], str], *, now: datetime
) -> None:
    """After the approval: a link to the new address. The caller commits.

    Whether that address has an account is told to nobody but whoever reads its mail.
    Raises NotFound where the account is gone, RuleBroken('email') where it acts for the organisation no more.
    """
    if request.account_id is None:
        raise NotFound("The account of this request is gone.")
    account = locked_account(session, request.account_id)
    if not _still_acts(session, request, account):
        raise RuleBroken(
            "email", "This person does not act for the organisation any more. Refuse the request."
        )
    session.execute(delete(MailboxLink).where(MailboxLink.account_id == account.id))
    key = f"request {request.id} mailbox"
    if account_by_email(session, request.email) is not None:
        taken = (
            "somebody asked to sign in to Support Directory with this e-mail address in place of another one.",
            "It has an account of its own already, so nothing was changed. If it was you, sign in with it, or write "
            "to the site.",
        )
        _post(session, key, request.email, taken, None, now)
        return
    token = new_token()
    ends_at = now + LINK_LASTS
    session.add(
        MailboxLink(
            request_id=request.id, account_id=account.id, token_hash=hash_of(token), made_at=now, ends_at=ends_at
        )
    )  # fmt: skip
    words = (
        "somebody, we hope you, asked to sign in to Support Directory with this e-mail address.",
        f"Open this page and say yes there. It works once, until {ends_at:%-d %B %Y}:\n{link(token)}",
        "Did you not expect this? Then do nothing. Nothing has changed.",
    )
    # Not filed under the account: until it says yes, nobody knows that this mailbox is hers.
    _post(session, key, request.email, words, None, now, ends_at)
    session.flush()


def open_mailbox_link(session: Session, token: str, now: datetime) -> NewMailbox | None:
    """What the link would do; None where it is none, was used, or has ended. Changes nothing."""
    found = _found(session, token, now, to_use=False)
    return NewMailbox(found[2].id, found[1].email) if found is not None else None


def confirm_mailbox(session: Session, token: str, *, now: datetime) -> None:
    """The mailbox says yes: the account has the address from now on, and everybody is signed out. The caller commits.

    Raises NotFound, alike for a link that is none, was used or has ended, and for an address that has an account now.
    """
    found = _found(session, token, now, to_use=True)
    if found is None:
        raise NotFound(GONE)
    link, request, account = found
    old, new = account.email, request.email
    try:
        with session.begin_nested():
            account.email = new
            session.flush()
    except IntegrityError:
        raise NotFound(GONE) from None
    link.used_at = now
    end_sign_ins(session, account, now=now)
    move_mail(session, account.id, old, new)
    told = (
        "the e-mail address of your account was changed, and this one cannot sign in any more.",
        "Was it not you? Then write to the site at once: it can be undone.",
    )
    _post(session, f"request {request.id} old address", old, told, account.id, now)
    welcome = ("you can sign in with this e-mail address from now on.",)
    _post(session, f"request {request.id} new address", new, welcome, account.id, now)
    by = Actor(account.id, account.title or "the owner of the account")
    record(session, by, "change email", "account", account.id, now=now, request=str(request.id))


def _found(
    session: Session, token: str, now: datetime, *, to_use: bool
) -> tuple[MailboxLink, ManageRequest, Account] | None:
    query = select(MailboxLink).where(
        MailboxLink.token_hash == hash_of(token), MailboxLink.used_at.is_(None), MailboxLink.ends_at > now
    )
    link = session.scalar(query.with_for_update() if to_use else query)
    if link is None:
        return None
    request = session.get_one(ManageRequest, link.request_id)
    account = (
        locked_account(session, link.account_id) if to_use else session.get_one(Account, link.account_id)
    )
    # Without its address the person has been erased since, or it was kept for its time.
    if not request.email or not account.active or not _still_acts(session, request, account):
        return None
    if to_use and account_by_email(session, request.email) is not None:
        return None
    return link, request, account


def _still_acts(session: Session, request: ManageRequest, account: Account) -> bool:
    number = request.organisation_id
    return number is None or current_membership(session, account.id, number) is not None


def _post(
    session: Session,
    key: str,
    address: str,
    words: tuple[str, ...],
    account_id: int | None,
    now: datetime,
    ends_at: datetime | None = None,
) -> None:
    body = "\n\n".join(("Hello,", *words, "Support Directory"))
    post_mail(session, Letter(key, address, SUBJECT, body, account_id, ends_at), now=now)
