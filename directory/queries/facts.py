"""What is stored of services, in a handful of queries however many there are.

No confidential place, and nothing that is held: whatever leaves the server comes through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from directory.geo.types import Point
from directory.models.tables import (
    METADATA,
    Attribute,
    ContactRoute,
    Coverage,
    Location,
    MovedListing,
    Organisation,
    Service,
)
from directory.queries.holds import NOTHING_HELD, HeldValues, current_holds, is_held

NATION_CODES = frozenset({"E92000001", "W92000004"})


def is_moved() -> ColumnElement[bool]:
    """Services whose number leads on to another one."""
    return Service.id.in_(select(MovedListing.old_id))


def is_indexed() -> ColumnElement[bool]:
    """Services that are found: listed, running, not decided against, and not part of another one."""
    return and_(
        Service.listing == "listed",
        Service.status == "active",
        Service.inclusion_decision != "excluded",
        ~is_moved(),
        ~is_held(),
    )


def is_shown() -> ColumnElement[bool]:
    """Services that have a page: those that are found, and those that are closed only for now."""
    return and_(
        Service.listing == "listed",
        Service.status.in_(("active", "temporarily closed")),
        Service.inclusion_decision != "excluded",
        ~is_moved(),
        ~is_held(),
    )


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """A contact route as stored."""

    kind: str
    value: str
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place that may be told."""

    location_id: int
    precision: str
    town: str
    postcode: str
    note: str
    point: Point


@dataclass(slots=True)
class ServiceFacts:
    """A service's own columns, and what hangs on it.

    tags: taxonomy → term → is it certain. places: none for a confidential service.
    areas: authority or nation → is it covered only in part.
    held: values left out of it. being_checked: what was left out: kinds of routes, 'website', 'place'.
    """

    columns: Mapping[str, Any]
    organisation: str
    tags: dict[str, dict[str, bool]] = field(default_factory=dict)
    routes: list[RouteFacts] = field(default_factory=list)
    places: list[PlaceFacts] = field(default_factory=list)
    areas: dict[str, bool] = field(default_factory=dict)
    held: HeldValues = NOTHING_HELD
    being_checked: tuple[str, ...] = ()

    def terms(self, taxonomy: str) -> tuple[str, ...]:
        """The terms of a taxonomy, certain and possible, in their order."""
        return tuple(self.tags.get(taxonomy, ()))

    def certain(self, taxonomy: str) -> frozenset[str]:
        """The certain terms of a taxonomy."""
        return frozenset(term for term, sure in self.tags.get(taxonomy, {}).items() if sure)

    @property
    def nations(self) -> frozenset[str]:
        """Whole nations whose residents it accepts."""
        return NATION_CODES.intersection(self.areas)

    @property
    def authorities(self) -> frozenset[str]:
        """Authorities whose residents it accepts, by LAD code."""
        return frozenset(self.areas) - NATION_CODES

    @property
    def partly(self) -> frozenset[str]:
        """Those authorities and nations of which it accepts only some people."""
        return frozenset(code for code, is_partial in self.areas.items() if is_partial)


def service_facts(session: Session, where: ColumnElement[bool]) -> dict[int, ServiceFacts]:
    """Id → facts of the services that meet a condition on `service`, by id. Six queries."""
    service = METADATA.tables[Service.__tablename__]
    query = (
        select(service, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == service.c.organisation_id)
        .where(where)
        .order_by(service.c.id)
    )
    found = {
        row["id"]: ServiceFacts(dict(row), row["organisation"]) for row in session.execute(query).mappings()
    }
    if found:
        chosen = select(Service.id).where(where).scalar_subquery()
        _add_tags(session, chosen, found)
        _add_routes(session, chosen, found)
        _add_places(session, chosen, found)
        _add_areas(session, chosen, found)
        holds = current_holds(session)
        for facts in found.values():
            if held := holds.of(facts.columns["organisation_id"]):
                _leave_out(facts, held)
    return found


def _leave_out(facts: ServiceFacts, held: HeldValues) -> None:
    """Take what is held off the routes, the websites and the places, and out of every sentence."""
    gone = [route.kind for route in facts.routes if held.hides_way(route.value)]
    if held.hides_page(facts.columns["url"]):
        gone.append("website")
    if any(held.hides_place(place.postcode, place.town) for place in facts.places):
        gone.append("place")
    facts.held, facts.being_checked = held, tuple(dict.fromkeys(gone))
    facts.routes = [
        replace(route, note=held.cleaned(route.note))
        for route in facts.routes
        if not held.hides_way(route.value)
    ]
    facts.places = [
        replace(place, note=held.cleaned(place.note))
        for place in facts.places
        if not held.hides_place(place.postcode, place.town)
    ]
    facts.organisation = held.cleaned(facts.organisation)
    facts.columns = {
        name: _without(held, value) if isinstance(value, str) else value
        for name, value in facts.columns.items()
    }


def _without(held: HeldValues, text: str) -> str:
    """A column's text, line by line: an address that is held goes whole, of a sentence only what is held."""
    lines = [line for line in text.split("\n") if not held.hides_page(line)]
    return "\n".join(held.cleaned(line) for line in lines)


def _add_tags(session: Session, chosen: Any, found: Mapping[int, ServiceFacts]) -> None:
    query = (
        select(Attribute.service_id, Attribute.taxonomy, Attribute.term, Attribute.is_certain)
        .where(Attribute.service_id.in_(chosen))
        .order_by(Attribute.service_id, Attribute.taxonomy, Attribute.position)
    )
    for number, taxonomy, term, is_certain in session.execute(query):
        found[number].tags.setdefault(taxonomy, {})[term] = is_certain


def _add_routes(session: Session, chosen: Any, found: Mapping[int, ServiceFacts]) -> None:
    query = (
        select(
            ContactRoute.service_id,
            ContactRoute.kind,
            ContactRoute.value,
            ContactRoute.hours,
            ContactRoute.note,
        )
        .where(ContactRoute.service_id.in_(chosen))
        .order_by(ContactRoute.service_id, ContactRoute.position)
    )
    for number, kind, value, hours, note in session.execute(query):
        # A walk-in route is an address: never told of a confidential service, whoever entered it.
        if kind != "walk-in" or not found[number].columns["is_confidential"]:
            found[number].routes.append(RouteFacts(kind, value, hours, note))


def _add_places(session: Session, chosen: Any, found: Mapping[int, ServiceFacts]) -> None:
    query = (
        select(
            Location.service_id,
            Location.id,
            Location.precision,
            Location.town,
            Location.postcode,
            Location.note,
            Location.easting_m,
            Location.northing_m,
        )
        .where(Location.service_id.in_(chosen), Location.is_confidential.is_(False))
        .order_by(Location.service_id, Location.position)
    )
    for number, location_id, precision, town, postcode, note, easting_m, northing_m in session.execute(query):
        if found[number].columns["is_confidential"] or easting_m is None or northing_m is None:
            continue
        point = Point(easting_m, northing_m)
        found[number].places.append(PlaceFacts(location_id, precision, town, postcode, note, point))


def _add_areas(session: Session, chosen: Any, found: Mapping[int, ServiceFacts]) -> None:
    query = select(Coverage.service_id, Coverage.area_code, Coverage.is_partial)
    query = query.where(Coverage.service_id.in_(chosen)).order_by(Coverage.service_id, Coverage.area_code)
    for number, code, is_partial in session.execute(query):
        found[number].areas[code] = is_partial
