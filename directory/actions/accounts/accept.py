"""Say yes to an invitation: the account is made, or found, and may do what it was invited to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.actions.accounts.grants import give_role, put_areas
from directory.actions.accounts.held import account_by_email, current_membership, locked_organisation
from directory.actions.accounts.tokens import hash_of
from directory.actions.accounts.withdraw import forget_link
from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.said_words import role_of
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import Invitation, Membership
from directory.queries.sign_ins import STAFF


class SignInFirst(Exception):
    """The address has an account that is not the one signed in here: nothing was changed."""


@dataclass(frozen=True, slots=True)
class ToAccept:
    """signed_in_as: the account of whoever asks, None for a visitor. password_hash: None for no password.

    title: what the person is; '' keeps what an account holds.
    """

    token: str
    title: str = ""
    password_hash: str | None = None
    signed_in_as: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """organisation_id: where they belong now, None for a role of the whole site."""

    account_id: int
    kind: str
    organisation_id: int | None
    is_new: bool


def accept(session: Session, asked: ToAccept, *, now: datetime) -> Accepted:
    """Use the invitation, once. The address counts as confirmed: the link was sent to it and nowhere else.

    Raises NotFound for a link that is none, was used or taken back, or has ended; SignInFirst where the address
    has an account that is not signed in here; RuleBroken('title' or 'password').
    """
    invitation = session.scalar(
        select(Invitation).where(Invitation.token_hash == hash_of(asked.token)).with_for_update()
    )
    if (
        invitation is None
        or invitation.used_at is not None
        or invitation.withdrawn_at is not None
        or invitation.ends_at <= now
    ):
        raise NotFound("This invitation cannot be used.")
    if asked.signed_in_as is None:
        # Before looking whether there is an account, so that neither an error nor the time tells it.
        role_of("title", asked.title)
        if invitation.kind in STAFF and not asked.password_hash:
            raise RuleBroken("password", "Choose a password: those who work on the site need one.")
    account = account_by_email(session, invitation.email)
    is_new = account is None
    if account is None and asked.signed_in_as is not None:
        # Somebody else is signed in here, who must not come to belong by another's link.
        raise SignInFirst
    if account is None:
        account = _new_account(session, invitation, asked, now)
    elif account.id != asked.signed_in_as or not account.active:
        # Also for an account that was closed: signing in does not work, and an invitation does not open it again.
        raise SignInFirst
    elif asked.title.strip():
        account.title = role_of("title", asked.title)
    by = Actor(account.id, account.title or invitation.kind)
    invitation.used_at = now
    if invitation.organisation_id is not None:
        _join(session, account, invitation, invitation.organisation_id, now)
    else:
        give_role(session, account, invitation.kind)
        if invitation.kind == "commissioner":
            put_areas(session, account.id, invitation.area_codes.split("\n"), keep=True)
    forget_link(session, invitation.id)
    record(
        session, by, "accept invitation", "invitation", invitation.id, now=now,
        kind=invitation.kind, organisation=str(invitation.organisation_id or ""),
    )  # fmt: skip
    return Accepted(account.id, invitation.kind, invitation.organisation_id, is_new)


def _new_account(session: Session, invitation: Invitation, asked: ToAccept, now: datetime) -> Account:
    account = Account(
        email=invitation.email,
        title=role_of("title", asked.title),
        active=True,
        made_at=now,
        confirmed_at=now,
        password=asked.password_hash,
        fs_uniquifier=uuid.uuid4().hex,
    )
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:
        # Another invitation of this address was accepted in this moment: there is an account now.
        raise SignInFirst from None
    return account


def _join(
    session: Session, account: Account, invitation: Invitation, organisation_id: int, now: datetime
) -> None:
    """Who was an editor and is invited as an owner becomes one; an owner stays one whatever the invitation says."""
    locked_organisation(session, organisation_id)
    held = current_membership(session, account.id, organisation_id)
    if held is not None:
        if held.kind == invitation.kind or held.kind == "owner":
            return
        held.ended_at = now
        session.flush()
    session.add(
        Membership(
            account_id=account.id, organisation_id=organisation_id, kind=invitation.kind, began_at=now,
            is_contact=held is not None and held.is_contact,
        )
    )  # fmt: skip
    session.flush()
