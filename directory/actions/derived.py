"""What follows from a row, as it is stored and as it would be found today: a rule or an area may have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.resolve import Resolved
from directory.models.tables import METADATA, Coverage, Location, Service

_HIDDEN = (True, None, None)


@dataclass(frozen=True, slots=True)
class Derived:
    """coverage: is it partial, and each area with whether only some of its people are accepted.

    points: for each place, in order: is it confidential, its easting and northing in metres.
    """

    is_confidential: bool
    coverage: tuple[bool, frozenset[tuple[str, bool]]]
    points: tuple[tuple[bool, int | None, int | None], ...]


def derived_from(one: Resolved) -> Derived:
    """What follows from a resolved row, in the shape in which it is stored."""
    areas = one.coverage.authorities | one.coverage.nations
    return Derived(
        one.is_confidential,
        (one.coverage.partial, frozenset((code, code in one.coverage.partly) for code in areas)),
        tuple((False, point.easting_m, point.northing_m) if point else _HIDDEN for point in one.points),
    )


def stored_derived(session: Session, ids: Sequence[int]) -> dict[int, Derived]:
    """Id → what is stored of it. Three queries, however many ids."""
    if not ids:
        return {}
    service, coverage, location = (
        METADATA.tables[table.__tablename__] for table in (Service, Coverage, Location)
    )
    areas: dict[int, set[tuple[str, bool]]] = {number: set() for number in ids}
    query = select(coverage.c.service_id, coverage.c.area_code, coverage.c.is_partial)
    for number, code, is_partial in session.execute(query.where(coverage.c.service_id.in_(ids))):
        areas[number].add((code, is_partial))
    points: dict[int, list[tuple[bool, int | None, int | None]]] = {number: [] for number in ids}
    places = select(
        location.c.service_id, location.c.is_confidential, location.c.easting_m, location.c.northing_m
    )
    places = places.where(location.c.service_id.in_(ids)).order_by(location.c.service_id, location.c.position)
    for number, hidden, easting_m, northing_m in session.execute(places):
        points[number].append((hidden, easting_m, northing_m))
    flags = select(service.c.id, service.c.is_confidential, service.c.coverage_is_partial)
    return {
        number: Derived(hidden, (partial, frozenset(areas[number])), tuple(points[number]))
        for number, hidden, partial in session.execute(flags.where(service.c.id.in_(ids)))
    }


def columns_that_differ(stored: Derived, today: Derived) -> tuple[str, ...]:
    """The columns of a file from which the differences follow, for a report."""
    pairs = (
        ("coverage", stored.coverage != today.coverage),
        ("locations", stored.points != today.points),
        ("confidential", stored.is_confidential != today.is_confidential),
    )
    return tuple(column for column, differs in pairs if differs)
