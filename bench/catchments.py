"""How long the access figures of the whole country take, with the real listings and with 100,000 made-up ones.

    .venv/bin/python -m bench.catchments

Everything that a page of access needs is made: the catchment, the nearest and the shared supply of
every support type, in person and by phone or online, for all 318 authorities and their inhabited
squares. Beside it, in the same run and on the same 100,000: the plain form (`catchment_scores`) on
a part, held equal, and a k-d tree that only finds the pairs in reach, for a sample of squares.
Both are extrapolated to the whole; the tree does not even ask whom a service accepts. The ratios
are of processor seconds, so that what else the machine does troubles all alike.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from bench.generated_listings import Country, generate
from directory.config import settings_from
from directory.db import Database
from directory.geo.areas import areas
from directory.geo.distance import distance_km
from directory.geo.grid import from_wgs84
from directory.geo.pack import ensure_store
from directory.geo.types import Point
from directory.matrix.access import catchment_scores
from directory.matrix.bands import access_bands, as_pairs
from directory.matrix.catchment import point_scores, ratios, reach
from directory.matrix.cells import LISTINGS
from directory.matrix.country_access import CountryAccess
from directory.matrix.demand import DemandPoints, people_at, spread
from directory.matrix.supply import rows_by_type, supply_places
from directory.matrix.types import MatrixService, Mode
from directory.matrix.wide import people_of_group
from directory.queries.current_access import where_people_live
from directory.queries.current_matrix import cell_types
from directory.queries.matrix_services import matrix_services
from directory.reference.groups import groups

SEED = 20261126
MANY = 100_000
# The goal: all in-person types of the country, in under a minute on two cores.
SECONDS_MAX = 60
ROUNDS_REAL = 5
# Of the plain form's part: squares and services; of the tree's: squares.
PART_SQUARES, PART_SERVICES, TREE_SQUARES = 400, 400, 300


@dataclass(frozen=True, slots=True)
class Ground:
    """What stays the same whatever is listed."""

    points: DemandPoints
    people: dict[str, np.ndarray[Any, np.dtype[np.float64]]]
    nation_of: dict[str, str]


def run() -> dict[str, Any]:
    """Measure, print, and return seconds, megabytes and ratios."""
    ground = _ground()
    real = _real_services()
    many = _made_up(ground)
    real_s = min(_seconds(ground, real)[0] for _round in range(ROUNDS_REAL))
    many_s, many_processor_s = _seconds(ground, many)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain_s = _plain_seconds(ground, many)
    tree_s = _tree_seconds(ground, many)
    result = {
        "squares": len(ground.points),
        "in-person types": len(_types()),
        "real listings": len(real),
        "real seconds": real_s,
        "made-up listings": len(many),
        "made-up seconds": many_s,
        "made-up processor seconds": many_processor_s,
        "peak MB, with the listings": peak_mb,
        "plain form processor s, extrapolated": plain_s,
        "plain form / arrays": plain_s / many_processor_s,
        "k-d tree processor s, extrapolated": tree_s,
        "k-d tree / arrays": tree_s / many_processor_s,
        "met": many_s <= SECONDS_MAX,
    }
    for name, value in result.items():
        print(f"{name:<40}{value:>14,.3f}" if isinstance(value, float) else f"{name:<40}{value:>14,}")
    return result


def _ground() -> Ground:
    points = where_people_live(ensure_store(Path(__file__).resolve().parents[1] / "instance" / "postcodes"))
    codes = points.authorities
    return Ground(
        points,
        {
            group: np.array([people_of_group(group, areas()[code]) for code in codes], dtype=np.float64)
            for group in groups()
        },
        {code: "W92000004" if code.startswith("W") else "E92000001" for code in codes},
    )


def _real_services() -> tuple[MatrixService, ...]:
    """As `make bench` has listed them, by `flask prepare`."""
    database = Database(settings_from().database_url)
    with database.reading() as session:
        services = matrix_services(session)
    database.dispose()
    return services


def _made_up(ground: Ground) -> list[MatrixService]:
    """Listings about the real authorities' centres, each of one to four support types in person."""
    random = Random(SEED)
    country = Country(random, 200)
    country.centres = {
        code: from_wgs84(areas()[code].latitude, areas()[code].longitude)
        for code in ground.points.authorities
    }
    types = _types()
    return [
        MatrixService(
            listing.id,
            listing.name,
            types=dict.fromkeys(random.sample(types, random.randint(1, 4)), True),
            in_person=True,
            remote=listing.remote,
            authorities=listing.authorities,
            nations=listing.nations,
            free=True,
            points=tuple(spot.point for spot in listing.spots),
        )
        for listing in generate(country, random, MANY)
    ]


def _types() -> list[str]:
    """The support types that a listing can show in person."""
    return [
        code
        for code, one in cell_types().items()
        if LISTINGS in one.filled_by and Mode.IN_PERSON in one.modes
    ]


def _seconds(ground: Ground, services: Sequence[MatrixService]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    start, started = time.perf_counter(), time.process_time()
    CountryAccess(
        ground.points,
        services,
        tuple(cell_types().values()),
        ground.people,
        access_bands(),
        ground.nation_of,
    )
    return time.perf_counter() - start, time.process_time() - started


def _plain_seconds(ground: Ground, services: Sequence[MatrixService]) -> float:
    """What `catchment_scores` would take for every eligible pair of every type. AssertionError on a difference."""
    random = Random(SEED)
    part = random.sample([one for one in services if one.points], PART_SERVICES)
    kept = np.array(sorted(random.sample(range(len(ground.points)), PART_SQUARES)))
    points = spread(
        ground.points.authorities,
        ground.points.authority[kept],
        ground.points.eastings_m[kept],
        ground.points.northings_m[kept],
        np.ones(len(kept)),
    )
    people = ground.people["G4"]
    places = supply_places(part, ground.nation_of)
    demand = {str(number): float(at) for number, at in enumerate(people_at(points, people))}
    supply = {str(number): 1.0 for number in range(len(part))}
    start = time.process_time()
    distances = {}
    for number in range(len(points)):
        here = Point(int(points.eastings_m[number]), int(points.northings_m[number]))
        authority = points.authority[number]
        for row in np.flatnonzero(places.accepts[:, authority]).tolist():
            distances[str(number), str(row)] = min(distance_km(here, there) for there in part[row].points)
    scores = catchment_scores(demand, supply, distances, as_pairs(access_bands()))
    seconds = time.process_time() - start
    ratio = ratios(reach(points, places, access_bands()), people, np.ones(len(part)))
    in_arrays = point_scores(points, places, access_bands(), ratio)
    assert np.allclose(in_arrays, list(scores.values()), rtol=1e-6, atol=0)
    return seconds / len(distances) * _eligible_pairs(ground, services)


def _eligible_pairs(ground: Ground, services: Sequence[MatrixService]) -> int:
    """Pairs of a square and a service with a place that accepts its people, once for each of its types."""
    places = supply_places(services, ground.nation_of)
    squares = np.bincount(ground.points.authority, minlength=len(ground.points.authorities))
    pairs = (places.accepts @ squares) * places.has_place
    counted = rows_by_type(services, _types(), Mode.IN_PERSON)
    return int(sum(pairs[rows].sum() for rows in counted.values()))


def _tree_seconds(ground: Ground, services: Sequence[MatrixService]) -> float:
    """What a k-d tree takes only to list the pairs within the last band, twice, once for each step."""
    places = supply_places(services, ground.nation_of)
    tree = cKDTree(np.column_stack((places.eastings_m, places.northings_m)))
    some = Random(SEED).sample(range(len(ground.points)), TREE_SQUARES)
    squares = np.column_stack((ground.points.eastings_m[some], ground.points.northings_m[some]))
    start = time.process_time()
    tree.query_ball_point(squares, access_bands()[-1].limit_km * 1000)
    return 2 * (time.process_time() - start) / TREE_SQUARES * len(ground.points)


if __name__ == "__main__":
    run()
