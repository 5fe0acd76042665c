"""Who is signed in, and what they may act for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.account import Account, Role, account_role
from directory.models.membership import AreaGrant, Membership
from directory.models.organisation import Organisation
from directory.models.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account and one of its sign-ins. owner_of, editor_of: organisations. areas: codes a commissioner speaks for.

    names: of those organisations, by number.
    gave_second_factor: for this sign-in. has_second_factor: is one set up at all.
    """

    account_id: int
    sign_in_id: int
    email: str
    title: str
    roles: frozenset[str]
    owner_of: frozenset[int]
    editor_of: frozenset[int]
    areas: frozenset[str]
    gave_second_factor: bool
    has_second_factor: bool
    started_at: datetime
    seen_at: datetime
    ends_at: datetime
    names: Mapping[int, str] = field(default_factory=dict)


def signed_in(session: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """Whose sign-in this is; None where there is none, or where it, or the account, has ended."""
    query = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.ends_at > now,
            Account.active.is_(True),
        )
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    sign_in, account = found
    member = session.execute(
        select(Membership.organisation_id, Membership.kind, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.account_id == account.id, Membership.ended_at.is_(None))
    ).all()
    roles = session.scalars(
        select(Role.name)
        .join(account_role, account_role.c.role_id == Role.id)
        .where(account_role.c.account_id == account.id)
    )
    areas = session.scalars(select(AreaGrant.area_code).where(AreaGrant.account_id == account.id))
    return SignedIn(
        account_id=account.id,
        sign_in_id=sign_in.id,
        email=account.email,
        title=account.title,
        roles=frozenset(roles),
        owner_of=frozenset(number for number, kind, _name in member if kind == "owner"),
        editor_of=frozenset(number for number, kind, _name in member if kind == "editor"),
        areas=frozenset(areas),
        gave_second_factor=sign_in.second_factor,
        has_second_factor=bool(account.tf_totp_secret or account.webauthn),
        started_at=sign_in.started_at,
        seen_at=sign_in.seen_at,
        ends_at=sign_in.ends_at,
        names={number: name for number, _kind, name in member},
    )
