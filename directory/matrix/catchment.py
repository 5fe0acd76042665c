"""The two-step catchment for the whole country, in arrays; `access.catchment_scores` is its plain form.

Whether somebody is accepted depends on their authority alone, and the people of every group
live alike within it. So what each authority's people can reach of each service is one number
(`Reach`), which serves every support type and every group: the distances are gone through
once. The scores are exactly those of the plain form, held to it by a test.

A service with several places counts at whichever is nearest to each person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.matrix.bands import Band
from directory.matrix.demand import DemandPoints, Floats, Rows
from directory.matrix.supply import SupplyPlaces

# Pairs held at once: 8 bytes each, and a handful of arrays of them.
_PAIRS_MAX = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How much of each service the people of each authority can reach; what is not there is nought.

    Three columns beside one another, sorted by authority. weight: the mean band weight over the
    authority's people, 0 to 1, only where they are accepted.
    """

    authority: Rows
    service: Rows
    weight: Floats
    authorities: int
    services: int


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Band weights of an authority's points (down) for some services that accept its people (across)."""

    authority: int
    points: slice
    services: Rows
    weights: Floats


def reach(points: DemandPoints, places: SupplyPlaces, bands: Sequence[Band]) -> Reach:
    """Goes through every pair of a point and a service that accepts its people, once.

    bands: the nearest first, as `read_bands` gives them.
    """
    found: list[tuple[Rows, Rows, Floats]] = []
    for block in _blocks(points, places, bands):
        weight = points.share[block.points] @ block.weights
        within = np.flatnonzero(weight)
        found.append((np.full(len(within), block.authority), block.services[within], weight[within]))
    return Reach(
        np.concatenate([each[0] for each in found] or [np.zeros(0, np.intp)]),
        np.concatenate([each[1] for each in found] or [np.zeros(0, np.intp)]),
        np.concatenate([each[2] for each in found] or [np.zeros(0)]),
        len(points.authorities),
        len(places),
    )


def ratios(within: Reach, people: Floats, supply: Floats) -> Floats:
    """The first step, service by service: supply for each person it may have to serve.

    people: by authority. supply: by service. 0 where nobody can reach it.
    """
    wanted = _summed(within.service, within.weight * people[within.authority], within.services)
    return np.divide(supply, wanted, out=np.zeros(within.services), where=wanted > 0)


def authority_scores(within: Reach, ratio: Floats) -> Floats:
    """The second step: supply for each person, the mean over the people of each authority."""
    return _summed(within.authority, within.weight * ratio[within.service], within.authorities)


def _summed(rows: Rows, values: Floats, count: int) -> Floats:
    """The sum of the values of each row. Of no values at all numpy would make whole numbers."""
    return np.bincount(rows, values, minlength=count).astype(np.float64, copy=False)


def point_scores(points: DemandPoints, places: SupplyPlaces, bands: Sequence[Band], ratio: Floats) -> Floats:
    """The second step, point by point: goes through the distances again."""
    scores = np.zeros(len(points))
    for block in _blocks(points, places, bands):
        scores[block.points] += block.weights @ ratio[block.services]
    return scores


def _blocks(points: DemandPoints, places: SupplyPlaces, bands: Sequence[Band]) -> Iterator[_Block]:
    """Every pair that can count, an authority and some hundreds of services at a time."""
    if not bands:
        return
    for authority in range(len(points.authorities)):
        own = points.of(authority)
        if own.start == own.stop:
            continue
        eastings_m, northings_m = points.eastings_m[own], points.northings_m[own]
        chosen = places.accepted_from(authority)
        chosen = chosen[
            _about(places.eastings_m[chosen], eastings_m, bands[-1].limit_km)
            & _about(places.northings_m[chosen], northings_m, bands[-1].limit_km)
        ]
        for part in _parts(places.service[chosen], max(1, _PAIRS_MAX // len(eastings_m))):
            some = chosen[part]
            distance_km = distances_km(
                eastings_m, northings_m, places.eastings_m[some], places.northings_m[some]
            )
            services, starts = np.unique(places.service[some], return_index=True)
            if len(services) < len(some):
                distance_km = np.minimum.reduceat(distance_km, starts, axis=1)
            yield _Block(authority, own, services, _weights(distance_km, bands))


def distances_km(eastings_m: Floats, northings_m: Floats, east_m: Floats, north_m: Floats) -> Floats:
    """Straight lines from each point (down) to each place (across)."""
    across_m = eastings_m[:, np.newaxis] - east_m
    squared = northings_m[:, np.newaxis] - north_m
    np.multiply(across_m, across_m, out=across_m)
    np.multiply(squared, squared, out=squared)
    squared += across_m
    np.sqrt(squared, out=squared)
    squared /= 1000
    return squared


def _about(places_m: Floats, points_m: Floats, limit_km: float) -> NDArray[np.bool_]:
    """Which places are not further than the limit from the span of the points, in one direction.

    A metre more, so that rounding never drops a place that is just within it.
    """
    most_m = limit_km * 1000 + 1
    near: NDArray[np.bool_] = (places_m >= points_m.min() - most_m) & (places_m <= points_m.max() + most_m)
    return near


def _parts(services: Rows, places_max: int) -> Iterator[slice]:
    """Runs of places, about `places_max` long, that never part the places of one service."""
    start = 0
    while start < len(services):
        end = min(start + places_max, len(services))
        end = int(np.searchsorted(services, services[end - 1], side="right"))
        yield slice(start, end)
        start = end


def _weights(distance_km: Floats, bands: Sequence[Band]) -> Floats:
    """The weight of the band that each distance falls into; 0 beyond the last."""
    number = np.zeros(distance_km.shape, dtype=np.min_scalar_type(len(bands)))
    for band in bands:
        number += distance_km > band.limit_km
    return np.array([*(band.weight for band in bands), 0.0])[number]
