"""A snapshot as it may be shown today: what must not be told any more is left out of what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.matrix.snapshot import SnapshotContent
from directory.matrix.types import MatrixService
from directory.models.tables import Location, Service
from directory.queries.current_matrix import without_held
from directory.queries.holds import HeldValues, current_holds, is_held


def as_shown_today(session: Session, content: SnapshotContent) -> SnapshotContent:
    """The content without places that have become confidential, and without what is held while it is checked.

    A listing that is taken down keeps its part in the figures of that day, but neither its name nor its place.
    """
    down = frozenset(session.scalars(select(Service.id).where(is_held())))
    hidden = hidden_today(session) | down | _places_held(session)
    holds = current_holds(session)
    organisations: Mapping[int, int] = dict(
        session.execute(select(Service.id, Service.organisation_id)).all() if holds.of_organisation else ()
    )
    services = []
    for one in content.services:
        number = organisations.get(one.id)
        held = holds.of(number) if number is not None else holds.everywhere
        services.append(_shown(one, held, is_down=one.id in down, hides_place=one.id in hidden))
    said = without_held(content.statements, holds.of_anybody)
    return replace(content, services=tuple(services), statements=said)


def hidden_today(session: Session) -> frozenset[int]:
    """The services whose place must not be told today."""
    return frozenset(session.scalars(select(Service.id).where(Service.is_confidential)))


def _places_held(session: Session) -> frozenset[int]:
    """Services of which a place is held. A snapshot's points bear no address, so all of a service's are left out."""
    holds = current_holds(session)
    if not (holds.of_anybody.postcodes or holds.of_anybody.towns):
        return frozenset()
    query = select(Service.id, Service.organisation_id, Location.postcode, Location.town)
    found = session.execute(query.join(Location, Location.service_id == Service.id))
    return frozenset(
        number
        for number, organisation, postcode, town in found
        if holds.of(organisation).hides_place(postcode, town)
    )


def _shown(one: MatrixService, held: HeldValues, *, is_down: bool, hides_place: bool) -> MatrixService:
    points = () if hides_place else one.points
    if is_down:
        return replace(one, name=f"Listing {one.id}", organisation="", points=points)
    name, organisation = held.cleaned(one.name), held.cleaned(one.organisation)
    return replace(one, name=name, organisation=organisation, points=points)
