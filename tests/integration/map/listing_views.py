"""Builds listings as pages see them: everything not known, unless the test says it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from directory.geo.types import Point
from directory.queries.views import ListingView, PlaceView
from directory.search.types import Fit, Hit

_NOT_KNOWN: dict[str, Any] = {"str": "", "bool": False, "int": 0}


def listing_view(
    listing_id: int, name: str = "Example Service A", *places: PlaceView, **said: Any
) -> ListingView:
    """A listing of which only number, name and places are known."""
    values: dict[str, Any] = {}
    for field in fields(ListingView):
        kind = str(field.type)
        if kind.endswith("| None"):
            values[field.name] = None
        elif kind.startswith("tuple"):
            values[field.name] = ()
        elif kind.startswith("frozenset"):
            values[field.name] = frozenset()
        else:
            values[field.name] = _NOT_KNOWN[kind]
    return ListingView(**values | {"id": listing_id, "name": name, "places": places} | said)


def exact(location_id: int, easting_m: int, northing_m: int, town: str = "Peterborough") -> PlaceView:
    """A place with a public postcode."""
    return PlaceView(location_id, "exact", town, "PE1 1QL", "", Point(easting_m, northing_m))


def in_town(location_id: int, easting_m: int, northing_m: int, town: str = "Huntingdon") -> PlaceView:
    """A place of which only the town is known."""
    return PlaceView(location_id, "town", town, "", "", Point(easting_m, northing_m))


def hit(listing_id: int, location_id: int | None, distance_km: float | None = None) -> Hit:
    """A listing that fits and accepts people from the area."""
    return Hit(listing_id, location_id, distance_km, Fit.YES, "yes")
