"""Rows about people that several acts need, taken under a lock where others may write them too."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.account import Account, Role, account_role
from directory.models.membership import Membership
from directory.models.organisation import Organisation


def locked_organisation(session: Session, organisation_id: int) -> Organisation:
    """The organisation; until the end of the transaction nobody else decides about its people. Raises NotFound.

    On SQLite a write has the whole file to itself.
    """
    query = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    found = session.scalar(query)
    if found is None:
        raise NotFound(f"No organisation has the number {organisation_id}.")
    return found


def locked_account(session: Session, account_id: int) -> Account:
    """The account, for this transaction alone. Raises NotFound."""
    found = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if found is None:
        raise NotFound(f"No account has the number {account_id}.")
    return found


def account_by_email(session: Session, email: str) -> Account | None:
    """The account of an address as `email_of` gives it."""
    return session.scalar(select(Account).where(Account.email == email))


def current_membership(session: Session, account_id: int, organisation_id: int) -> Membership | None:
    """The one membership of an account in an organisation that has not ended."""
    return session.scalar(
        select(Membership).where(
            Membership.account_id == account_id,
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
        )
    )


def owners_left(session: Session, organisation_id: int, *, without: int = 0) -> int:
    """How many owners with an account that is open it has. without: an account that is not counted."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .join(Account, Account.id == Membership.account_id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.kind == "owner",
                Membership.ended_at.is_(None),
                Account.active.is_(True),
                Account.id != without,
            )
        )
        or 0
    )


def ever_had_owner(session: Session, organisation_id: int) -> bool:
    """Whether somebody is, or at any time was, an owner."""
    query = select(Membership.id).where(
        Membership.organisation_id == organisation_id, Membership.kind == "owner"
    )
    return session.scalar(query.limit(1)) is not None


def holders_of(session: Session, role: str, *, without: int = 0) -> int:
    """How many open accounts have a role of the whole site. without: an account that is not counted.

    The role's row is locked, so that two administrators cannot both be the last but one to go.
    """
    session.scalar(select(Role.id).where(Role.name == role).with_for_update())
    return (
        session.scalar(
            select(func.count())
            .select_from(Account)
            .join(account_role, account_role.c.account_id == Account.id)
            .join(Role, Role.id == account_role.c.role_id)
            .where(Role.name == role, Account.active.is_(True), Account.id != without)
        )
        or 0
    )
