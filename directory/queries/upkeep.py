"""How long ago each listing was confirmed, who owns it, and whom reminders went to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from directory.models.account import Account
from directory.models.membership import Membership
from directory.models.tables import Confirmation, Organisation, Service
from directory.models.upkeep import Reminder
from directory.queries.facts import is_shown
from directory.queries.people import contacts_of
from directory.reference.hours import LONDON
from directory.reference.upkeep_rules import Asked, Standing

ON_REQUEST = 0
"""The step of a link that somebody asked for: it is no reminder."""
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An account that a link may go to: an owner's, or the one that the organisation chose.

    asked_at: when a reminder went to it last.
    """

    account_id: int
    email: str
    began_at: datetime
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Upkeep:
    """An organisation that has owners, its public listings by name, and the reminders it was sent.

    written_to: of the mailboxes, the accounts that mail of our own accord goes to.
    """

    organisation_id: int
    organisation: str
    mailboxes: tuple[Mailbox, ...]
    written_to: frozenset[int]
    listings: tuple[Standing, ...]
    names: Mapping[int, str]
    asked: tuple[Asked, ...]

    @property
    def whose_turn(self) -> Mailbox:
        """Where to write: where the organisation chose; else the owner who was written to longest ago."""
        candidates = [one for one in self.mailboxes if one.account_id in self.written_to]
        return min(candidates, key=lambda one: (one.asked_at or NEVER, one.began_at, one.account_id))


def organisations_with_owners(session: Session) -> tuple[int, ...]:
    """The organisations that somebody owns, and of which a listing is public; by number."""
    query = (
        select(Service.organisation_id)
        .where(is_shown(), Service.organisation_id.in_(select(Membership.organisation_id).where(is_owner())))
        .distinct()
        .order_by(Service.organisation_id)
    )
    return tuple(session.scalars(query))


def is_owner() -> ColumnElement[bool]:
    """Memberships of owners that have not ended, and whose account is in use."""
    return (
        (Membership.kind == "owner")
        & Membership.ended_at.is_(None)
        & Membership.account_id.in_(select(Account.id).where(Account.active.is_(True)))
    )


def may_use_link() -> ColumnElement[bool]:
    """Memberships whose account a link of a reminder works for: owners', and that of the chosen contact."""
    return or_(
        is_owner(),
        Membership.is_contact.is_(True)
        & Membership.ended_at.is_(None)
        & Membership.account_id.in_(select(Account.id).where(Account.active.is_(True))),
    )


def upkeep_of(session: Session, organisation_id: int) -> Upkeep | None:
    """What a reminder needs to know of an organisation; None where nobody owns it."""
    organisation = session.get(Organisation, organisation_id)
    owned = select(Membership.id).where(is_owner(), Membership.organisation_id == organisation_id).limit(1)
    if organisation is None or session.scalar(owned) is None:
        return None
    listings = standings(session, Service.organisation_id == organisation_id)
    names = dict(
        session.execute(
            select(Service.id, Service.name)
            .where(Service.id.in_(listings))
            .order_by(Service.name, Service.id)
        ).all()
    )
    asked = session.execute(
        select(Reminder.made_at, Reminder.service_ids).where(
            Reminder.organisation_id == organisation_id, Reminder.step_days != ON_REQUEST
        )
    )
    return Upkeep(
        organisation_id,
        organisation.name,
        _mailboxes(session, organisation_id),
        frozenset(one.account_id for one in contacts_of(session, organisation_id)),
        tuple(listings[number] for number in names),
        names,
        tuple(Asked(made_at.astimezone(LONDON).date(), frozenset(ids)) for made_at, ids in asked),
    )


def _mailboxes(session: Session, organisation_id: int) -> tuple[Mailbox, ...]:
    last = (
        select(func.max(Reminder.made_at))
        .where(Reminder.account_id == Membership.account_id, Reminder.organisation_id == organisation_id)
        .where(Reminder.step_days != ON_REQUEST)
        .scalar_subquery()
    )
    query = (
        select(Account.id, Account.email, Membership.began_at, last)
        .join(Membership, Membership.account_id == Account.id)
        .where(may_use_link(), Membership.organisation_id == organisation_id)
        .order_by(Membership.began_at, Account.id)
    )
    return tuple(Mailbox(*row) for row in session.execute(query))


def standings(session: Session, condition: ColumnElement[bool] | None = None) -> dict[int, Standing]:
    """Service → how it stands, for those that are public and meet a condition on `service`."""
    confirmed = (
        select(Confirmation.service_id, func.max(Confirmation.confirmed_on).label("on"))
        .group_by(Confirmation.service_id)
        .subquery()
    )
    owned = (
        select(Membership.organisation_id, func.min(Membership.began_at).label("since"))
        .where(is_owner())
        .group_by(Membership.organisation_id)
        .subquery()
    )
    query = (
        select(Service.id, confirmed.c.on, owned.c.since)
        .outerjoin(confirmed, confirmed.c.service_id == Service.id)
        .outerjoin(owned, owned.c.organisation_id == Service.organisation_id)
        .where(is_shown(), *([] if condition is None else [condition]))
        .order_by(Service.id)
    )
    return {
        number: Standing(number, on, since.astimezone(LONDON).date() if since else None)
        for number, on, since in session.execute(query)
    }
