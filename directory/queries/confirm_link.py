"""What the link of a reminder opens: the listings it named, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.account import Account
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.models.tables import Confirmation, Service
from directory.models.upkeep import Reminder
from directory.queries.facts import is_shown
from directory.queries.upkeep import may_use_link
from directory.queries.waiting import OWN_SOURCES

LINK_PURPOSE = "confirm listings"
LONG = 50
"""A link that named more listings than this is answered page by page, or with one tap for all."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that works. role: of whoever it was sent to. service_ids: of those it named, the ones still listed.

    is_long: it is answered page by page, and works until all are answered; what was confirmed since it was made, or
    said to be run no more and not decided yet, is not asked again. is_begun: there is some of that.
    """

    reminder_id: int
    organisation_id: int
    account_id: int
    role: str
    service_ids: tuple[int, ...]
    is_long: bool = False
    is_begun: bool = False


def open_link(session: Session, link_hash: str, now: datetime, *, to_use: bool = False) -> OpenLink | None:
    """The link; None where there is none such, where it was used or has ended, or its account may not use it now.

    to_use: in a write; whoever else uses the same link waits until this one has.
    """
    query = select(Reminder).where(Reminder.token_hash == link_hash)
    reminder = session.scalar(query.with_for_update() if to_use else query)
    if reminder is None or reminder.used_at is not None or reminder.ends_at <= now:
        return None
    holder = session.execute(
        select(Account.id, Account.title, Membership.kind)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            may_use_link(),
            Membership.organisation_id == reminder.organisation_id,
            Account.id == reminder.account_id,
        )
    ).one_or_none()
    if holder is None:
        return None
    # What has moved to another organisation since is no longer theirs.
    listed = (
        select(Service.id)
        .where(
            Service.id.in_(reminder.service_ids),
            Service.organisation_id == reminder.organisation_id,
            is_shown(),
        )
        .order_by(Service.name, Service.id)
    )
    is_long = len(reminder.service_ids) > LONG
    answered = _answered(session, reminder) if is_long else frozenset()
    role = holder.title or f"{holder.kind} of the listing"
    return OpenLink(
        reminder.id,
        reminder.organisation_id,
        holder.id,
        role,
        tuple(number for number in session.scalars(listed) if number not in answered),
        is_long,
        is_begun=bool(answered),
    )


def _answered(session: Session, reminder: Reminder) -> frozenset[int]:
    """Of the listings of a link those confirmed since it was made, or said to be run no more, which waits."""
    confirmed = select(Confirmation.service_id).where(
        Confirmation.recorded_at >= reminder.made_at, Confirmation.service_id.in_(reminder.service_ids)
    )
    waiting = select(ProposedChange.service_id, ProposedChange.cells).where(
        ProposedChange.service_id.in_(reminder.service_ids),
        ProposedChange.state == "waiting",
        ProposedChange.source.in_(OWN_SOURCES),
        ProposedChange.sent_at >= reminder.made_at,
    )
    closed = (
        number
        for number, cells in session.execute(waiting)
        if number is not None and cells.get("status") == "defunct"
    )
    return frozenset([*session.scalars(confirmed), *closed])
