"""Small made-up countries: squares, authorities, and services that accept some of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from directory.geo.distance import distance_km
from directory.geo.types import Point
from directory.matrix.bands import Band
from directory.matrix.demand import DemandPoints, people_at, spread
from directory.matrix.types import MatrixService

BANDS = (Band(20, 1, "Example", ""), Band(40, 0.68, "Example", ""), Band(60, 0.22, "Example", ""))
CODES = ("E07000001", "E07000002", "W06000001")
NATION_OF = {"E07000001": "E92000001", "E07000002": "E92000001", "W06000001": "W92000004"}


def a_service(number: int, accepts: Iterable[str], *places: Point, **more: Any) -> MatrixService:
    """A service in person that offers one-to-one counselling (G4.6) for certain."""
    told = {"types": {"G4.6": True}, "in_person": True, "remote": False} | more
    return MatrixService(
        number, f"Example Service {number}", authorities=frozenset(accepts), points=places, **told
    )


@dataclass(frozen=True, slots=True)
class Country:
    """A part of a country, and the same as `catchment_scores` takes it."""

    points: DemandPoints
    people: dict[str, float]
    services: tuple[MatrixService, ...]

    @property
    def counted(self) -> np.ndarray:
        """People by authority, as a column."""
        return np.array([self.people[code] for code in self.points.authorities], dtype=np.float64)

    def demand(self) -> dict[str, float]:
        """People at each point, by its number."""
        return {str(number): float(at) for number, at in enumerate(people_at(self.points, self.counted))}

    def distances(self) -> dict[tuple[str, str], float]:
        """From each point to the nearest place of each service that has one."""
        found = {}
        for number in range(len(self.points)):
            here = Point(int(self.points.eastings_m[number]), int(self.points.northings_m[number]))
            for service in self.services:
                if service.points:
                    nearest_km = min(distance_km(here, place) for place in service.points)
                    found[str(number), str(service.id)] = nearest_km
        return found

    def accepts(self, here: str, there: str) -> bool:
        """Whether the people at a point are accepted by a service."""
        code = self.points.authorities[self.points.authority[int(here)]]
        return code in self.services[int(there)].authorities


def make_country(seed: int, *, squares: int = 60, services: int = 12, span_km: int = 150) -> Country:
    """Squares at random, places on whole kilometres, so that some distances fall on a band's limit."""
    random = Random(seed)
    authority = np.array([random.randrange(len(CODES)) for _each in range(squares)])
    points = spread(
        CODES,
        authority,
        np.array([random.randrange(span_km) * 1000 + 500 for _each in range(squares)]),
        np.array([random.randrange(span_km) * 1000 + 500 for _each in range(squares)]),
        np.array([random.choice((0, 1, 3, 40, 700)) for _each in range(squares)]),
    )
    people = {code: random.choice((0.0, 1_000.0, 250_000.0)) for code in CODES}
    return Country(points, people, tuple(_service(random, number, span_km) for number in range(services)))


def _service(random: Random, number: int, span_km: int) -> MatrixService:
    accepted = frozenset(code for code in CODES if random.random() < 0.6)
    places = tuple(
        Point(random.randrange(span_km) * 1000 + 500, random.randrange(span_km) * 1000 + 500)
        for _each in range(random.choice((0, 1, 1, 2, 3)))
    )
    return a_service(number, accepted, *places, places_a_year=random.choice((0, 1, 90)))
