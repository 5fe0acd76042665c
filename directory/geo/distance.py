"""How far it is from one place to another."""

from __future__ import annotations

import math

from geopy.distance import geodesic

from directory.geo.types import Point

KM_PER_MILE = 1.609344


def distance_km(a: Point, b: Point) -> float:
    """Straight-line kilometres on the National Grid. For ranking: within 0.1 % of the true distance."""
    return math.hypot(a.easting_m - b.easting_m, a.northing_m - b.northing_m) / 1000


def geodesic_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Straight-line kilometres between two (latitude, longitude) pairs, in degrees."""
    return float(geodesic(a, b).km)


def miles(km: float) -> float:
    """Kilometres as miles, which is how distances are said in England and Wales."""
    return km / KM_PER_MILE
