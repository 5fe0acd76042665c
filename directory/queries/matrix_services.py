"""Listings as the matrix sees them: only what is public, and no confidential place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.matrix.types import MatrixService
from directory.models.tables import Confirmation
from directory.queries.facts import ServiceFacts, is_shown, service_facts
from directory.reference.hours import out_of_hours
from directory.reference.support_types import support_types


def matrix_services(session: Session) -> tuple[MatrixService, ...]:
    """Every listed service that runs or is closed only for now, by id."""
    confirmed = _confirmed(session)
    return tuple(
        _service(number, facts, confirmed.get(number))
        for number, facts in service_facts(session, is_shown()).items()
    )


def _confirmed(session: Session) -> Mapping[int, date]:
    """Service → the day of its latest confirmation."""
    query = select(Confirmation.service_id, func.max(Confirmation.confirmed_on))
    return dict(session.execute(query.group_by(Confirmation.service_id)).all())


def _service(number: int, facts: ServiceFacts, confirmed_on: date | None) -> MatrixService:
    columns = facts.columns
    modes = facts.terms("mode")
    hours = [route.hours for route in facts.routes]
    return MatrixService(
        id=number,
        name=columns["name"],
        organisation=facts.organisation,
        types=types_of(facts.tags.get("support_type", {}), facts.tags.get("group", {})),
        in_person="in-person" in modes if modes else None,
        remote="remote" in modes if modes else None,
        authorities=facts.authorities,
        nations=facts.nations,
        partly=facts.partly,
        free=columns["free_to_person"],
        is_active=columns["status"] == "active",
        confirmed_on=confirmed_on,
        waiting_list=columns["waiting_list"],
        accepting=columns["accepting_referrals"],
        waiting_weeks=columns["waiting_weeks"],
        waiting_as_at=columns["waiting_as_at"],
        places_a_year=columns["capacity_per_year"],
        is_out_of_hours=_is_out_of_hours(tuple(hours)),
        sector=columns["sector"],
        referral=frozenset(facts.terms("referral")),
        forms=frozenset(facts.terms("form")),
        only_for=frozenset(facts.terms("only_for")),
        adapted_for=frozenset(facts.terms("adapted_for")),
        languages=frozenset(facts.terms("language")),
        interpreters=columns["interpreters"],
        access=frozenset(facts.terms("access")),
        minimum_age=columns["minimum_age"],
        maximum_age=columns["maximum_age"],
        points=tuple(place.point for place in facts.places),
        is_confidential=columns["is_confidential"],
        source_date=columns["source_date"],
        is_reachable=bool(columns["url"] or any(route.value for route in facts.routes)),
    )


def types_of(types: Mapping[str, bool], groups: Mapping[str, bool]) -> dict[str, bool]:
    """Support type → is it certain, for a service's own types and those they fill.

    A type is certain only where its group is too: a source that does not say for
    whom it is does not say that this type is for them.
    """
    table = support_types()
    found: dict[str, bool] = {}
    for code, sure in types.items():
        if code not in table:
            continue
        is_certain = sure and groups.get(table[code].group, False)
        for filled in (code, *table[code].fills):
            found[filled] = found.get(filled, False) or is_certain
    return found


@lru_cache(maxsize=20_000)
def _is_out_of_hours(hours: tuple[str, ...]) -> bool | None:
    """Open on an evening or at a weekend; None where the hours of some route are not known and no other is late."""
    if any(out_of_hours(expression) for expression in hours if expression):
        return True
    return False if hours and all(hours) else None
