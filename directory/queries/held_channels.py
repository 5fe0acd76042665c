"""Ways to reach an organisation that were held before somebody asked: the only ones to ask back through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.contact_route import ContactRoute
from directory.models.import_record import ImportRecord
from directory.models.listing_past import ListingPast
from directory.models.service import Service
from directory.queries.holds import NOTHING_HELD, HeldValues, current_holds
from directory.reference.same_way import folded_page, folded_way

KINDS = ("telephone", "email", "website")
LISTED = "listed for the first time"
"""The act of the first row of a service's history, where it was listed here."""
_SPOKEN = frozenset({"telephone", "text", "Relay UK"})


@dataclass(frozen=True, slots=True, order=True)
class HeldChannel:
    """One way to ask. channel: 'telephone', 'email' or 'website'. value: the number, address or page."""

    channel: str
    value: str

    @property
    def code(self) -> str:
        """As a form sends it, and as it is recorded: 'telephone 01632 960001'."""
        return f"{self.channel} {self.value}"


def held_channels(
    session: Session,
    organisation_id: int | None,
    before: datetime,
    *,
    first: int | None = None,
    more: Iterable[HeldChannel] = (),
    never: Iterable[str] = (),
) -> tuple[HeldChannel, ...]:
    """What the organisation's listings told just before that moment, each once; by kind, then as they stand.

    What was changed since does not count, however it is written, nor what is taken down now for it or everywhere,
    nor any of `never` (what stands in the request itself).
    first: the service whose ways stand before the others'. more: ways that are known otherwise.
    """
    ids = services_of(session, organisation_id) if organisation_id is not None else ()
    if first is not None:
        ids = (first, *(number for number in ids if number != first))
    found = [channel for number in ids for channel in _of_service(session, number, before)]
    return usable([*found, *more], _held_now(session, organisation_id), never)


def usable(
    channels: Iterable[HeldChannel], held: HeldValues, never: Iterable[str] = ()
) -> tuple[HeldChannel, ...]:
    """Those that are not taken down, each once however it is written; by kind."""
    refused = {folded_way(value) for value in never if value}
    kept: dict[tuple[str, str], HeldChannel] = {}
    for one in channels:
        way = folded_way(one.value)
        if way and way not in refused and not held.hides_way(one.value):
            kept.setdefault((one.channel, way), one)
    return tuple(sorted(kept.values(), key=lambda one: KINDS.index(one.channel)))


def services_of(session: Session, organisation_id: int) -> tuple[int, ...]:
    """The numbers of an organisation's services, whatever their state."""
    query = select(Service.id).where(Service.organisation_id == organisation_id).order_by(Service.id)
    return tuple(session.scalars(query))


def ways_of(cells: Mapping[str, str]) -> list[HeldChannel]:
    """The numbers, addresses and pages in a listing's cells, as they stand there."""
    lines = (line.split("|") for line in cells.get("contact_routes", "").splitlines())
    routes = [(line[0].strip(), line[1].strip()) for line in lines if len(line) > 1]
    return _ways(routes, [cells.get("url", ""), cells.get("organisation_url", "")])


def _held_now(session: Session, organisation_id: int | None) -> HeldValues:
    holds = current_holds(session)
    return holds.of(organisation_id) if organisation_id is not None else NOTHING_HELD | holds.everywhere


def _of_service(session: Session, service_id: int, before: datetime) -> list[HeldChannel]:
    past = select(ListingPast.cells, ListingPast.act).where(ListingPast.service_id == service_id)
    at_that_time = past.where(ListingPast.at < before).order_by(ListingPast.at.desc(), ListingPast.id.desc())
    row = session.execute(at_that_time.limit(1)).first()
    if row is not None:
        return ways_of(row.cells)
    imported = select(ImportRecord.imported_at).where(ImportRecord.service_id == service_id)
    imported_at = session.scalar(imported)
    if imported_at is not None and imported_at >= before:
        return []  # It came into the listing, or may have been changed, since somebody asked.
    # The first row is what stood before the first change, which came afterwards.
    row = session.execute(past.order_by(ListingPast.at, ListingPast.id).limit(1)).first()
    if row is not None:
        return [] if row.act == LISTED else ways_of(row.cells)
    routes = session.execute(
        select(ContactRoute.kind, ContactRoute.value)
        .where(ContactRoute.service_id == service_id)
        .order_by(ContactRoute.position)
    )
    service = session.get(Service, service_id)
    addresses = [service.url, service.organisation_url] if service else []
    return _ways([(kind, value) for kind, value in routes], addresses)


def _ways(routes: Iterable[tuple[str, str]], addresses: Iterable[str]) -> list[HeldChannel]:
    found = []
    for kind, value in routes:
        if kind in _SPOKEN:
            found.append(HeldChannel("telephone", value))
        elif kind == "email":
            found.append(HeldChannel("email", value))
        elif folded_page(value):
            found.append(HeldChannel("website", value))
    return [one for one in [*found, *(HeldChannel("website", address) for address in addresses)] if one.value]
