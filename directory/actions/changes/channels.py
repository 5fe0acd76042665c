"""By which ways an organisation may be asked about a change: only those that were held before it was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.account import Account
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.held_channels import HeldChannel, held_channels, ways_of
from directory.reference.same_way import folded_way

# Where an organisation is new there is nothing held: it is asked where a public register has it.
FROM_A_REGISTER = frozenset({"letter", "in person"})
CHANNELS = ("telephone", "email", "website", "letter", "in person")


def channels_of(session: Session, change: ProposedChange) -> tuple[HeldChannel, ...]:
    """The ways that were held when the change was begun, in the order in which they are best asked.

    Of the service, of the organisation's other services as they stood then, and the addresses of owners who were
    owners then; nothing that is taken down now, and never the address of whoever asks.
    """
    organisation_id = change.organisation_id
    if change.service_id is not None:
        organisation_id = session.get_one(Service, change.service_id).organisation_id
    asks = session.get(Account, change.proposed_by) if change.proposed_by is not None else None
    return held_channels(
        session,
        organisation_id,
        change.made_at,
        first=change.service_id,
        more=_owners(session, organisation_id, change),
        never=(asks.email,) if asks is not None else (),
    )


def is_held_channel(channels: Iterable[HeldChannel], channel: str, value: str) -> bool:
    """Whether this number, address or page is among them, however it is written."""
    wanted = folded_way(value)
    return bool(wanted) and any(
        one.channel == channel and folded_way(one.value) == wanted for one in channels
    )


def new_ways(cells: Mapping[str, str]) -> frozenset[str]:
    """Folded numbers, addresses and pages that a change would bring."""
    return frozenset(folded_way(one.value) for one in ways_of(cells))


def _owners(session: Session, organisation_id: int | None, change: ProposedChange) -> list[HeldChannel]:
    query = (
        select(Account.id, Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.kind == "owner",
            Membership.began_at < change.made_at,
            Membership.ended_at.is_(None),
            Account.active.is_(True),
        )
        .order_by(Account.id)
    )
    return [
        HeldChannel("email", email)
        for number, email in session.execute(query)
        if number != change.proposed_by
    ]
