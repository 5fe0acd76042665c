"""The listed services as the face of unmet need sees them."""

from __future__ import annotations

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from directory.matrix.need_face import NeedService
from directory.models.tables import Service
from directory.queries.facts import is_indexed, service_facts


def need_services(session: Session) -> tuple[NeedService, ...]:
    """Every service that is found and does not charge the person, by id. One that may charge counts."""
    is_free = or_(Service.free_to_person.is_(None), Service.free_to_person.is_(True))
    return tuple(
        NeedService(
            id=number,
            types=facts.tags.get("support_type", {}),
            authorities=facts.authorities,
            nations=facts.nations,
            places_a_year=facts.columns["capacity_per_year"],
            partly=facts.partly,
            only_for=frozenset(facts.terms("only_for")),
        )
        for number, facts in service_facts(session, and_(is_indexed(), is_free)).items()
    )
