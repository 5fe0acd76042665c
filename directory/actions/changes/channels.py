"""By which ways an organisation may be asked about a change: only those that were held before it was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.changes.apply import stored_cells
from directory.actions.lines import routes as read_routes
from directory.models.account import Account
from directory.models.listing_past import ListingPast
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.holds import NOTHING_HELD, current_holds
from directory.reference.same_way import folded_page, folded_way

SPOKEN = frozenset({"telephone", "text", "Relay UK"})
# Where an organisation is new there is nothing held: it is asked where a public register has it.
FROM_A_REGISTER = frozenset({"letter", "in person"})
CHANNELS = ("telephone", "email", "website", "letter", "in person")


@dataclass(frozen=True, slots=True, order=True)
class HeldChannel:
    """One way to ask. channel: 'telephone', 'email' or 'website'. value: the number, address or page."""

    channel: str
    value: str


def held_channels(session: Session, change: ProposedChange) -> tuple[HeldChannel, ...]:
    """The ways that were held when the change was begun, in the order in which they are best asked.

    Stored routes and pages of the service and of the organisation's other services as they stood then, and the
    addresses of owners who were owners then; nothing that is taken down now.
    """
    found: dict[HeldChannel, None] = {}
    organisation_id = change.organisation_id
    if change.service_id is not None:
        organisation_id = session.get_one(Service, change.service_id).organisation_id
        found |= dict.fromkeys(_ways(cells_at(session, change.service_id, change.made_at)))
    if organisation_id is not None:
        others = session.scalars(
            select(Service.id).where(Service.organisation_id == organisation_id).order_by(Service.id)
        ).all()
        for number in others:
            if number != change.service_id:
                found |= dict.fromkeys(_ways(cells_at(session, number, change.made_at)))
        found |= dict.fromkeys(_owners(session, organisation_id, change.made_at))
    held = current_holds(session).of(organisation_id) if organisation_id is not None else NOTHING_HELD
    order = {name: place for place, name in enumerate(CHANNELS)}
    left = (one for one in found if not held.hides_way(one.value))
    return tuple(sorted(left, key=lambda one: order[one.channel]))


def cells_at(session: Session, service_id: int, moment: datetime) -> Mapping[str, str]:
    """What a listing was just before a moment. A listing that nobody has changed here is what it is now."""
    past = select(ListingPast).where(ListingPast.service_id == service_id)
    before = past.where(ListingPast.at < moment).order_by(ListingPast.at.desc(), ListingPast.id.desc())
    row = (
        session.scalars(before.limit(1)).first()
        or session.scalars(past.order_by(ListingPast.id).limit(1)).first()
    )
    return row.cells if row is not None else stored_cells(session, service_id)


def is_held_channel(channels: Iterable[HeldChannel], channel: str, value: str) -> bool:
    """Whether this number, address or page is among them, however it is written."""
    wanted = folded_way(value)
    return bool(wanted) and any(
        one.channel == channel and folded_way(one.value) == wanted for one in channels
    )


def new_ways(cells: Mapping[str, str]) -> frozenset[str]:
    """Folded numbers, addresses and pages that a change would bring."""
    return frozenset(folded_way(one.value) for one in _ways(cells))


def _ways(cells: Mapping[str, str]) -> list[HeldChannel]:
    found = []
    for route in read_routes(cells.get("contact_routes", "")):
        if route.kind in SPOKEN:
            found.append(HeldChannel("telephone", route.value))
        elif route.kind == "email":
            found.append(HeldChannel("email", route.value))
        elif folded_page(route.value):
            found.append(HeldChannel("website", route.value))
    return found + [
        HeldChannel("website", cells[name]) for name in ("url", "organisation_url") if cells.get(name)
    ]


def _owners(session: Session, organisation_id: int, moment: datetime) -> list[HeldChannel]:
    query = (
        select(Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.kind == "owner",
            Membership.began_at < moment,
            Membership.ended_at.is_(None),
            Account.active.is_(True),
        )
        .order_by(Account.id)
    )
    return [HeldChannel("email", address) for address in session.scalars(query)]
