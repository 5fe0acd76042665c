"""An account as a whole: what its holder is, closing it and opening it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.accounts.grants import refuse_last_administrator
from directory.actions.accounts.held import locked_account
from directory.actions.accounts.sign_ins import end_sign_ins
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.withdraw import take_back_all
from directory.actions.audit import record
from directory.actions.said_words import role_of


def change_title(session: Session, account_id: int, title: str, *, by: Standing, now: datetime) -> str:
    """What the person is, by themselves alone. Raises RuleBroken('title') for a name or an address; NotAllowed."""
    if by.actor.account_id != account_id:
        raise NotAllowed("only the person says what they are")
    account = locked_account(session, account_id)
    account.title = role_of("title", title)
    record(session, by.actor, "change title", "account", account.id, now=now)
    return account.title


def deactivate(session: Session, account_id: int, *, by: Standing, now: datetime) -> None:
    """Close an account: nobody signs in with it, and whoever is signed in is out at the next request.

    Memberships and roles stay, so that opening it again brings them back; what it invited to is taken back.
    Raises RuleBroken('role') for the last administrator, NotFound, NotAllowed.
    """
    if not by.is_administrator:
        raise NotAllowed("only an administrator closes accounts")
    account = locked_account(session, account_id)
    if not account.active:
        return
    refuse_last_administrator(session, account)
    account.active = False
    end_sign_ins(session, account, now=now)
    take_back_all(session, account.id, None, now=now)
    record(session, by.actor, "close account", "account", account.id, now=now)


def reactivate(session: Session, account_id: int, *, by: Standing, now: datetime) -> None:
    """Open a closed account again; its time without use begins anew. Raises NotFound, NotAllowed."""
    if not by.is_administrator:
        raise NotAllowed("only an administrator opens accounts")
    account = locked_account(session, account_id)
    if account.active:
        return
    account.active = True
    account.used_at, account.idle_told_at = now, None
    record(session, by.actor, "open account", "account", account.id, now=now)
