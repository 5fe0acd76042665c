"""What is on offer: services as the access figures see them, and the one unit they are counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from directory.geo.types import Point
from directory.matrix.demand import Floats, Rows


@dataclass(frozen=True, slots=True)
class SupplyService:
    """One listed service.

    types: support type → is it certain that it offers it. authorities: whose residents it accepts
      (codes; a nation's are spelt out). partly: those of which it accepts only some people.
    points: places where people are seen; none when they are not known or are kept private.
    places_per_year: how many people it can take in a year; None is not known.
    is_late: whether it can be reached in the evening, at night or at a weekend; None is not known.
    """

    service_id: int
    types: Mapping[str, bool]
    in_person: bool
    remote: bool
    authorities: frozenset[str]
    partly: frozenset[str] = frozenset()
    points: tuple[Point, ...] = ()
    places_per_year: int | None = None
    is_late: bool | None = None


class Unit(StrEnum):
    """What a score counts for each person. It goes wherever the number goes."""

    SERVICES = "services"
    PLACES_A_YEAR = "places a year"


def amounts(places_per_year: Sequence[int | None]) -> tuple[Unit, Floats]:
    """The unit of a set of services, and how much each of them counts.

    Places a year where they are known of every one; else 1 for each service. Never mixed: a
    service with 200 places beside one that 'counts 1' would drown it.
    """
    if places_per_year and all(places is not None for places in places_per_year):
        return Unit.PLACES_A_YEAR, np.array(places_per_year, dtype=np.float64)
    return Unit.SERVICES, np.ones(len(places_per_year))


@dataclass(frozen=True, slots=True, eq=False)
class SupplyPlaces:
    """Services and their places, as columns.

    accepts: services x authorities, whether residents are accepted. service: for each place, the row of
    its service, ascending. eastings_m, northings_m: British National Grid.
    """

    accepts: NDArray[np.bool_]
    service: Rows
    eastings_m: Floats
    northings_m: Floats

    def __len__(self) -> int:
        return len(self.accepts)

    def accepted_from(self, authority: int) -> Rows:
        """The places of the services that accept an authority's residents, ascending."""
        found: Rows = np.flatnonzero(self.accepts[self.service, authority])
        return found

    def of_services(self, services: Rows) -> SupplyPlaces:
        """The same columns for some of the services only (ascending rows), numbered anew."""
        numbers = np.full(len(self), -1, dtype=np.intp)
        numbers[services] = np.arange(len(services))
        kept = numbers[self.service] >= 0
        return SupplyPlaces(
            self.accepts[services],
            numbers[self.service[kept]],
            self.eastings_m[kept],
            self.northings_m[kept],
        )


def supply_places(services: Sequence[SupplyService], authorities: Sequence[str]) -> SupplyPlaces:
    """The services' columns, a row each, in their order."""
    number = {code: index for index, code in enumerate(authorities)}
    accepts = np.zeros((len(services), len(authorities)), dtype=bool)
    for row, service in enumerate(services):
        accepts[row, [number[code] for code in service.authorities if code in number]] = True
    placed = [(row, point) for row, service in enumerate(services) for point in service.points]
    return SupplyPlaces(
        accepts,
        np.array([row for row, _point in placed], dtype=np.intp),
        np.array([point.easting_m for _row, point in placed], dtype=np.float64),
        np.array([point.northing_m for _row, point in placed], dtype=np.float64),
    )
