"""The telephone numbers of the services the matrix knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.tables import ContactRoute, Service
from directory.queries.facts import is_shown
from directory.queries.holds import current_holds
from directory.queries.listings import route_href


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as the listing has it. href: 'tel:…', or '' where nothing can be dialled. hours: '' is not known."""

    number: str
    href: str
    hours: str
    note: str


def telephones(session: Session) -> Mapping[int, tuple[Telephone, ...]]:
    """Service → its numbers, in the listing's order; a service without any is not in it."""
    query = (
        select(
            ContactRoute.service_id,
            Service.organisation_id,
            ContactRoute.value,
            ContactRoute.hours,
            ContactRoute.note,
        )
        .join(Service, Service.id == ContactRoute.service_id)
        .where(is_shown(), ContactRoute.kind == "telephone", ContactRoute.value != "")
        .order_by(ContactRoute.service_id, ContactRoute.position)
    )
    found: dict[int, list[Telephone]] = {}
    holds = current_holds(session)
    for number, organisation_id, value, hours, note in session.execute(query):
        held = holds.of(organisation_id)
        if not held.hides_way(value):
            told = Telephone(value, route_href("telephone", value), hours, held.cleaned(note))
            found.setdefault(number, []).append(told)
    return {number: tuple(those) for number, those in found.items()}
