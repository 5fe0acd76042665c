"""The telephone numbers of the services the matrix knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.tables import ContactRoute, Service
from directory.queries.facts import is_shown
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
        select(ContactRoute.service_id, ContactRoute.value, ContactRoute.hours, ContactRoute.note)
        .join(Service, Service.id == ContactRoute.service_id)
        .where(is_shown(), ContactRoute.kind == "telephone", ContactRoute.value != "")
        .order_by(ContactRoute.service_id, ContactRoute.position)
    )
    found: dict[int, list[Telephone]] = {}
    for number, value, hours, note in session.execute(query):
        found.setdefault(number, []).append(Telephone(value, route_href("telephone", value), hours, note))
    return {number: tuple(those) for number, those in found.items()}
