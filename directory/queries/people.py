"""Who acts for what: an organisation's people, invitations, requests that wait, and every account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.account import Account
from directory.models.membership import AreaGrant, Invitation, Membership
from directory.models.organisation import Organisation

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for an organisation. is_open: the account can sign in."""

    membership_id: int
    account_id: int
    email: str
    title: str
    kind: str
    began_at: datetime
    is_contact: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that nobody has answered. kind: as in `Invitation`."""

    invitation_id: int
    email: str
    kind: str
    organisation_id: int | None
    organisation: str
    area_codes: tuple[str, ...]
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """An organisation's people: owners first, then by when they began. had_owner: now, or at any time."""

    organisation_id: int
    organisation: str
    members: tuple[Member, ...]
    invitations: tuple[OpenInvitation, ...]
    had_owner: bool

    @property
    def has_owner(self) -> bool:
        """Whether an owner could sign in."""
        return any(member.kind == "owner" and member.is_open for member in self.members)


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account, for administrators. organisations: (kind, name) of each membership that holds."""

    account_id: int
    email: str
    title: str
    is_open: bool
    made_at: datetime
    roles: tuple[str, ...]
    areas: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an organisation is written to."""

    account_id: int
    email: str


def organisation_name(session: Session, organisation_id: int) -> str:
    """Its name. Raises NotFound."""
    name = session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
    if name is None:
        raise NotFound(f"No organisation has the number {organisation_id}.")
    return name


def people_of(session: Session, organisation_id: int, now: datetime) -> PeopleOf:
    """Who acts for it now, and who is invited. Raises NotFound."""
    name = organisation_name(session, organisation_id)
    found = session.execute(
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .order_by(Membership.kind.desc(), Membership.began_at, Membership.id)
    )
    members = tuple(
        Member(
            membership.id, account.id, account.email, account.title, membership.kind, membership.began_at,
            membership.is_contact, account.active,
        )
        for membership, account in found
    )  # fmt: skip
    invitations = _open_invitations(session, Invitation.organisation_id == organisation_id, now)
    owners = select(Membership.id).where(
        Membership.organisation_id == organisation_id, Membership.kind == "owner"
    )
    had_owner = session.scalar(owners.limit(1)) is not None
    return PeopleOf(organisation_id, name, members, invitations, had_owner)


def contacts_of(session: Session, organisation_id: int) -> tuple[Contact, ...]:
    """Where to write to an organisation: the address it chose, else every owner. Only accounts that are open."""
    return _chosen(session, organisation_id) or owners_of(session, organisation_id)


def owners_of(session: Session, organisation_id: int) -> tuple[Contact, ...]:
    """Every owner whose account is open."""
    return _open_contacts(session, organisation_id, Membership.kind == "owner")


def acts_for(session: Session, organisation_id: int, account_id: int | None, *, ever: bool = False) -> bool:
    """Whether an account is an owner or editor there now. ever: or was one at any time."""
    query = select(Membership.id).where(
        Membership.organisation_id == organisation_id, Membership.account_id == account_id
    )
    if not ever:
        query = query.where(Membership.ended_at.is_(None))
    return account_id is not None and session.scalar(query.limit(1)) is not None


def is_near(session: Session, account_id: int, organisation_id: int | None, proposed_by: int | None) -> bool:
    """Whether somebody is too near to be the second person for a change: she acts, or ever acted, for the organisation.

    organisation_id: None for one that is not listed yet; then those count that its proposer acts or acted for.
    """
    if organisation_id is not None:
        return acts_for(session, organisation_id, account_id, ever=True)
    theirs = select(Membership.organisation_id).where(Membership.account_id == proposed_by)
    query = select(Membership.id).where(
        Membership.account_id == account_id, Membership.organisation_id.in_(theirs)
    )
    return proposed_by is not None and session.scalar(query.limit(1)) is not None


def answer_to(session: Session, organisation_id: int | None, account_id: int | None) -> tuple[Contact, ...]:
    """Where to answer what an account asked for in an organisation's name: the address it chose, else the person's.

    Somebody who has left it, or whose account is closed, is not told any more of what it does: its owners are.
    Whoever never acted for it, a moderator for one, is told at their own address.
    """
    account = session.get(Account, account_id) if account_id is not None else None
    own = (Contact(account.id, account.email),) if account is not None and account.active else ()
    if organisation_id is None:
        return own
    acted = select(Membership.ended_at).where(
        Membership.account_id == account_id, Membership.organisation_id == organisation_id
    )
    ends = session.scalars(acted).all()
    if own and not ends:
        return own
    return (
        _chosen(session, organisation_id)
        or (own if None in ends else ())
        or contacts_of(session, organisation_id)
    )


def open_invitation(session: Session, token_hash: str, now: datetime) -> OpenInvitation:
    """The invitation behind a link. Raises NotFound alike for one that never was, was used or taken back, or ended."""
    found = _open_invitations(session, Invitation.token_hash == token_hash, now)
    if not found:
        raise NotFound("This invitation cannot be used.")
    return found[0]


def invitations_to_the_site(session: Session, now: datetime) -> tuple[OpenInvitation, ...]:
    """Open invitations of staff and commissioners."""
    return _open_invitations(session, Invitation.organisation_id.is_(None), now)


def accounts(session: Session) -> tuple[AccountView, ...]:
    """Every account, those with a role of the site first, then by address."""
    rows = session.scalars(select(Account).order_by(Account.email)).all()
    memberships = session.execute(
        select(Membership.account_id, Membership.kind, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Organisation.name)
    ).all()
    areas = session.execute(
        select(AreaGrant.account_id, AreaGrant.area_code).order_by(AreaGrant.area_code)
    ).all()
    of_account = _grouped((number, (kind, name)) for number, kind, name in memberships)
    areas_of = _grouped((number, code) for number, code in areas)
    views = (
        AccountView(
            row.id, row.email, row.title, row.active, row.made_at, tuple(sorted(role.name for role in row.roles)),
            tuple(areas_of.get(row.id, ())), tuple(of_account.get(row.id, ())),
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(views, key=lambda view: (not view.roles, view.email)))


def was_accepted(session: Session, token_hash: str) -> tuple[str, str, datetime] | None:
    """(address, kind, when) of an invitation that was used; None for any other link. To lead its holder on alone."""
    found = session.execute(
        select(Invitation.email, Invitation.kind, Invitation.used_at).where(
            Invitation.token_hash == token_hash, Invitation.used_at.is_not(None)
        )
    ).one_or_none()
    return (found.email, found.kind, found.used_at) if found is not None else None


def _chosen(session: Session, organisation_id: int) -> tuple[Contact, ...]:
    return _open_contacts(session, organisation_id, Membership.is_contact.is_(True))


def _open_contacts(session: Session, organisation_id: int, which: ColumnElement[bool]) -> tuple[Contact, ...]:
    found = session.execute(
        select(Account.id, Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Account.active.is_(True),
            which,
        )
        .order_by(Membership.began_at, Membership.id)
    )
    return tuple(Contact(*row) for row in found)


def _open_invitations(
    session: Session, where: ColumnElement[bool], now: datetime
) -> tuple[OpenInvitation, ...]:
    found: Sequence[tuple[Invitation, str | None]] = [
        (invitation, name)
        for invitation, name in session.execute(
            select(Invitation, Organisation.name)
            .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
            .where(
                where,
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.ends_at > now,
            )
            .order_by(Invitation.id)
        )
    ]
    return tuple(
        OpenInvitation(
            one.id, one.email, one.kind, one.organisation_id, name or "",
            tuple(code for code in one.area_codes.split("\n") if code), one.made_at, one.ends_at,
        )
        for one, name in found
    )  # fmt: skip


def _grouped(pairs: Iterable[tuple[int, _Value]]) -> dict[int, list[_Value]]:
    found: dict[int, list[_Value]] = {}
    for number, value in pairs:
        found.setdefault(number, []).append(value)
    return found
