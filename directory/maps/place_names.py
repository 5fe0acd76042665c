"""Names of towns to write on the ground, so that one can find one's way without tiles from elsewhere."""

from __future__ import annotations

import csv
from functools import cache

from directory.geo.files import DATA
from directory.maps.ground import PlaceName

# Enough to name the nearest town at every depth; more would make every map page heavier.
NAMES_MOST = 1000


@cache
def place_names() -> tuple[PlaceName, ...]:
    """The largest towns of England and Wales, largest first. Source: GeoNames, by data/places.csv."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (-int(row["population"] or 0), row["name"]))
    return tuple(
        PlaceName(row["name"], round(float(row["lat"]), 3), round(float(row["lon"]), 3))
        for row in rows[:NAMES_MOST]
    )
