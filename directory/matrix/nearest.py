"""How far it is to the nearest service that accepts one's residents: straight lines, weighted by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from directory.geo.distance import KM_PER_MILE
from directory.matrix.catchment import distances_km
from directory.matrix.demand import DemandPoints, Floats, Rows
from directory.matrix.supply import SupplyPlaces

MILES = (5, 10, 20)
_NONE = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """By authority; not-a-number where no service with a known place accepts its residents.

    mean_km: the mean over its people of the distance to the nearest. within: miles → share of its
    people, 0 to 1, for whom it is not further than that.
    """

    mean_km: Floats
    within: Mapping[int, Floats]


def nearest(points: DemandPoints, places: SupplyPlaces, types: Mapping[str, Rows]) -> Mapping[str, Nearest]:
    """Support type → how far. types: support type → rows of the services that offer it.

    There is no upper limit: a service far away that accepts somebody is the nearest for them.
    """
    count = len(points.authorities)
    found = {
        code: Nearest(np.full(count, _NONE), {miles: np.full(count, _NONE) for miles in MILES})
        for code in types
    }
    offers = np.zeros((len(types), len(places)), dtype=bool)
    for row, services in enumerate(types.values()):
        offers[row, services] = True
    for authority in range(count):
        own = points.of(authority)
        accepted = places.accepted_from(authority)
        if own.start == own.stop or not len(accepted):
            continue
        share = points.share[own]
        offered = offers[:, places.service[accepted]]
        for row, code in enumerate(types):
            chosen = accepted[offered[row]]
            if len(chosen):
                distance_km = _to_nearest(points, own, places, chosen)
                found[code].mean_km[authority] = share @ distance_km
                for miles in MILES:
                    within = share[distance_km <= miles * KM_PER_MILE].sum()
                    found[code].within[miles][authority] = min(1.0, within)
    return found


def _to_nearest(points: DemandPoints, own: slice, places: SupplyPlaces, chosen: Rows) -> Floats:
    """Kilometres from each of the points to the nearest of the places."""
    eastings_m, northings_m = points.eastings_m[own], points.northings_m[own]
    east_m, north_m = places.eastings_m[chosen], places.northings_m[chosen]
    if len(chosen) > 1:
        # From no point of the box is a place the nearest whose nearest corner is further off
        # than another's furthest.
        least_m, most_m = _from_box(eastings_m, northings_m, east_m, north_m)
        kept = least_m <= most_m.min()
        east_m, north_m = east_m[kept], north_m[kept]
    closest: Floats = distances_km(eastings_m, northings_m, east_m, north_m).min(axis=1)
    return closest


def _from_box(
    eastings_m: Floats, northings_m: Floats, east_m: Floats, north_m: Floats
) -> tuple[Floats, Floats]:
    """Each place's least and most distance to the box around the points, in metres."""
    low = np.array([[eastings_m.min()], [northings_m.min()]]) - (east_m, north_m)
    high = np.array([[eastings_m.max()], [northings_m.max()]]) - (east_m, north_m)
    least = np.maximum(np.maximum(low, -high), 0)
    most = np.maximum(np.abs(low), np.abs(high))
    return np.hypot(*least), np.hypot(*most)
