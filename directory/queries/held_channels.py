"""Ways to reach an organisation that were held before somebody asked: the only ones to ask back through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.contact_route import ContactRoute
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.service import Service

KINDS = ("telephone", "email", "website")


@dataclass(frozen=True, slots=True)
class HeldChannel:
    """kind: 'telephone', 'email' or 'website'. code: what a form sends for it, such as ‘telephone 01632 960001’."""

    kind: str
    value: str

    @property
    def code(self) -> str:
        """As a form sends it, and as it is recorded."""
        return f"{self.kind} {self.value}"


def held_channels(
    session: Session, service_ids: Iterable[int], before: datetime, *, never: Iterable[str] = ()
) -> tuple[HeldChannel, ...]:
    """What the listings told at that moment, each once; by kind, then as they stand.

    A number that was changed since does not count, nor one that is held while it is checked, nor any of `never`
    (what stands in the request itself).
    """
    ids = sorted(set(service_ids))
    found = [channel for number in ids for channel in _of_service(session, number, before)]
    doubtful = set(
        session.scalars(select(Hold.value).where(Hold.service_id.in_(ids), Hold.lifted_at.is_(None)))
    )
    refused = {value.casefold() for value in (*doubtful, *never) if value}
    kept = (one for one in dict.fromkeys(found) if one.value and one.value.casefold() not in refused)
    return tuple(sorted(kept, key=lambda one: KINDS.index(one.kind)))


def services_of(session: Session, organisation_id: int) -> tuple[int, ...]:
    """The numbers of an organisation's services, whatever their state."""
    query = select(Service.id).where(Service.organisation_id == organisation_id).order_by(Service.id)
    return tuple(session.scalars(query))


def _of_service(session: Session, service_id: int, before: datetime) -> list[HeldChannel]:
    past = _cells_at(session, service_id, before)
    if past is not None:
        lines = (line.split("|") for line in past.get("contact_routes", "").splitlines())
        routes = [(line[0].strip(), line[1].strip()) for line in lines if len(line) > 1]
        addresses = [past.get("url", ""), past.get("organisation_url", "")]
    else:
        rows = session.execute(
            select(ContactRoute.kind, ContactRoute.value)
            .where(ContactRoute.service_id == service_id)
            .order_by(ContactRoute.position)
        )
        routes = [(kind, value) for kind, value in rows]
        service = session.get(Service, service_id)
        addresses = [service.url, service.organisation_url] if service else []
    return [
        *(HeldChannel(kind, value) for kind, value in routes if kind in {"telephone", "email"}),
        *(HeldChannel("website", address) for address in addresses),
    ]


def _cells_at(session: Session, service_id: int, before: datetime) -> dict[str, str] | None:
    """What a listing held at a moment; None where it has not been changed since the import that is there now."""
    rows = select(ListingPast.cells).where(ListingPast.service_id == service_id)
    at_that_time = rows.where(ListingPast.at <= before).order_by(ListingPast.at.desc(), ListingPast.id.desc())
    found = session.scalars(at_that_time.limit(1)).first()
    if found is None:
        # The first row is what stood before the first change, which came afterwards.
        found = session.scalars(rows.order_by(ListingPast.at, ListingPast.id).limit(1)).first()
    return found
