"""An organisation's own listings: their state, what is missing, what waits, and what each was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.hold import Hold
from directory.models.proposed_change import ProposedChange
from directory.models.tables import Attribute, Confirmation, ContactRoute, Organisation, Service
from directory.queries.facts import is_moved
from directory.queries.my_drafts import STAFF
from directory.queries.my_numbers import MyNumbers

NOT_HOURLY = frozenset({"email", "form", "text"})
"""Kinds of route that are written to at any time, so that hours say little."""


@dataclass(frozen=True, slots=True)
class MyChange:
    """A change that was sent. state: 'waiting', 'sent back' or 'refused'.

    name: of the service, a new one's as it was written.
    """

    id: int
    service_id: int | None
    organisation_id: int | None
    state: str
    columns: tuple[str, ...]
    sent_at: datetime
    reasons: str
    name: str
    source: str
    proposed_by: int | None


@dataclass(frozen=True, slots=True)
class MyListing:
    """state: 'listed', 'needs checking', 'being checked', 'temporarily closed', 'inactive' or 'defunct'.

    on_hold: what of it is not shown while it is checked ('listing', 'route', 'website', 'place').
    missing: columns that matter and say nothing ('hours' for a route without hours).
    """

    id: int
    organisation_id: int
    name: str
    state: str
    is_public: bool
    on_hold: tuple[str, ...]
    confirmed_on: date | None
    confirmed_by: str
    missing: tuple[str, ...]
    waiting_list: str
    has_draft: bool = False
    changes: tuple[MyChange, ...] = ()


@dataclass(frozen=True, slots=True)
class MyOrganisation:
    """drafts: new services that are being written: (number, name so far). new: those that wait, were sent
    back or were refused. listings: those that were asked for; has_listings: whether there are any at all.
    """

    id: int
    name: str
    has_listings: bool
    listings: tuple[MyListing, ...]
    drafts: tuple[tuple[int, str], ...]
    new: tuple[MyChange, ...]


@dataclass(frozen=True, slots=True)
class ListingOwner:
    """Whose a listing is."""

    service_id: int
    name: str
    organisation_id: int
    organisation: str


def my_organisations(
    session: Session, mine: MyNumbers, on_page: Iterable[int], source: str, writer: int | None = None
) -> tuple[MyOrganisation, ...]:
    """These organisations with those of their listings that are on the page, whatever their state, by name.

    source: whose drafts; of staff's those of the account `writer` alone.
    """
    numbers = [number for number, _name in mine.organisations]
    changes = _changes(session, numbers)
    drafts = session.scalars(
        select(ProposedChange)
        .where(
            ProposedChange.organisation_id.in_(numbers),
            ProposedChange.state == "draft",
            ProposedChange.source == source,
            or_(ProposedChange.source != STAFF, ProposedChange.proposed_by == writer),
        )
        .order_by(ProposedChange.id)
    ).all()
    written = {draft.service_id for draft in drafts}
    listings = _listings(session, sorted(set(on_page)), changes, written)
    with_some = {whose for _number, whose in mine.listings}
    return tuple(
        MyOrganisation(
            number,
            name,
            number in with_some,
            tuple(one for one in listings if one.organisation_id == number),
            tuple(
                (draft.id, draft.cells.get("name", ""))
                for draft in drafts
                if draft.service_id is None and draft.organisation_id == number
            ),
            tuple(one for one in changes if one.service_id is None and one.organisation_id == number),
        )
        for number, name in mine.organisations
    )


def _changes(session: Session, organisations: Sequence[int]) -> list[MyChange]:
    query = (
        select(ProposedChange, Service.name)
        .outerjoin(Service, Service.id == ProposedChange.service_id)
        .where(
            ProposedChange.organisation_id.in_(organisations),
            ProposedChange.state.in_(("waiting", "sent back", "refused")),
        )
        .order_by(ProposedChange.sent_at, ProposedChange.id)
    )
    return [
        MyChange(
            change.id,
            change.service_id,
            change.organisation_id,
            change.state,
            tuple(change.cells),
            change.sent_at or change.made_at,
            change.decided_words,
            name or change.cells.get("name", ""),
            change.source,
            change.proposed_by,
        )
        for change, name in session.execute(query)
    ]


def _listings(
    session: Session, numbers: Sequence[int], changes: Sequence[MyChange], written: set[int | None]
) -> list[MyListing]:
    services = session.scalars(
        select(Service).where(Service.id.in_(numbers)).order_by(func.lower(Service.name), Service.id)
    ).all()
    ids = [one.id for one in services]
    confirmed: dict[int, tuple[date, str]] = {
        number: (day, role)
        for number, day, role in session.execute(
            select(Confirmation.service_id, Confirmation.confirmed_on, Confirmation.role)
            .where(Confirmation.service_id.in_(ids))
            .order_by(Confirmation.confirmed_on, Confirmation.id)
        )
    }
    holds: dict[int, list[str]] = defaultdict(list)
    for number, what in session.execute(
        select(Hold.service_id, Hold.what)
        .where(Hold.service_id.in_(ids), Hold.lifted_at.is_(None))
        .order_by(Hold.id)
    ):
        holds[number].append(what)
    missing = _missing(session, services)
    found = []
    for one in services:
        day, role = confirmed.get(one.id, (None, ""))
        on_hold = tuple(dict.fromkeys(holds[one.id]))
        state = _state(one, on_hold)
        found.append(
            MyListing(
                one.id,
                one.organisation_id,
                one.name,
                state,
                state in {"listed", "temporarily closed"} and one.inclusion_decision != "excluded",
                on_hold,
                day,
                role,
                missing[one.id],
                one.waiting_list,
                one.id in written,
                tuple(change for change in changes if change.service_id == one.id),
            )
        )
    return found


def _state(service: Service, on_hold: Sequence[str]) -> str:
    if "listing" in on_hold:
        return "being checked"
    if service.status != "active":
        return service.status
    return service.listing


def _missing(session: Session, services: Sequence[Service]) -> Mapping[int, tuple[str, ...]]:
    """Service → the columns that matter to families or to the matrix and say nothing, in the order of the pages."""
    ids = [one.id for one in services]
    tags: dict[int, set[str]] = defaultdict(set)
    for number, taxonomy in session.execute(
        select(Attribute.service_id, Attribute.taxonomy).where(Attribute.service_id.in_(ids)).distinct()
    ):
        tags[number].add(taxonomy)
    routes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, kind, hours in session.execute(
        select(ContactRoute.service_id, ContactRoute.kind, ContactRoute.hours).where(
            ContactRoute.service_id.in_(ids)
        )
    ):
        routes[number].append((kind, hours))
    found = {}
    for one in services:
        hourly = [hours for kind, hours in routes[one.id] if kind not in NOT_HOURLY]
        says = {
            "support_types": "support_type" in tags[one.id],
            "modes": "mode" in tags[one.id],
            "contact_routes": bool(routes[one.id] or one.url),
            "hours": all(hourly),
            "coverage": bool(one.coverage_names),
            "referral_routes": "referral" in tags[one.id],
            "free_to_person": one.free_to_person is not None,
            "waiting_list": bool(one.waiting_list),
            "capacity_per_year": one.capacity_per_year is not None,
            "languages": "language" in tags[one.id],
            "accessibility": "access" in tags[one.id],
            "when_they_must_tell": bool(one.when_they_must_tell),
            "safe_contact": bool(one.safe_contact),
        }
        found[one.id] = tuple(name for name, is_said in says.items() if not is_said)
    return found


def listing_owner(session: Session, service_id: int) -> ListingOwner:
    """Whose listing it is. Raises NotFound, also for a number that leads on to another one."""
    query = (
        select(Service.id, Service.name, Organisation.id, Organisation.name)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Service.id == service_id, ~is_moved())
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"No service has the number {service_id}.")
    return ListingOwner(*row)


def organisation_name(session: Session, organisation_id: int) -> str:
    """Raises NotFound."""
    found = session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
    if found is None:
        raise NotFound(f"No organisation has the number {organisation_id}.")
    return found


@dataclass(frozen=True, slots=True)
class ChangeOwner:
    """Whose change it is, and how far it has come."""

    id: int
    service_id: int | None
    organisation_id: int | None
    state: str
    source: str
    proposed_by: int | None


def change_owner(session: Session, change_id: int) -> ChangeOwner:
    """Raises NotFound."""
    change = session.get(ProposedChange, change_id)
    if change is None:
        raise NotFound(f"No change has the number {change_id}.")
    return ChangeOwner(
        change.id,
        change.service_id,
        change.organisation_id,
        change.state,
        change.source,
        change.proposed_by,
    )
