"""Every telephone number and website that families see, with whose they are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.tables import ContactRoute, Organisation, Service
from directory.queries.facts import is_shown
from directory.reference.route_checks import Held


def held_routes(session: Session) -> tuple[Held, ...]:
    """By listing: numbers to ring or to text, addresses to open, and the listing's own website."""
    whose = select(Service.id, Service.name, Organisation.name.label("organisation"), Service.url).join(
        Organisation, Organisation.id == Service.organisation_id
    )
    found, names = [], {}
    for number, name, organisation, url in session.execute(whose.where(is_shown()).order_by(Service.id)):
        names[number] = (name, organisation)
        if url:
            found.append(Held(number, name, organisation, "website", url))
    routes = (
        select(ContactRoute.service_id, ContactRoute.kind, ContactRoute.value)
        .where(ContactRoute.kind.in_(("telephone", "text", "web chat", "form")), ContactRoute.value != "")
        .order_by(ContactRoute.service_id, ContactRoute.position)
    )
    for number, kind, value in session.execute(routes):
        if number in names:
            is_page = kind in {"web chat", "form"}
            found.append(Held(number, *names[number], "website" if is_page else kind, value))
    return tuple(found)
