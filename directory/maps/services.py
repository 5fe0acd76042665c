"""The services as one GeoJSON layer: one feature for each mark in the list, with the list's numbers.

The words come ready from the page (already translated) and stay data all the way:
the script that draws them writes text nodes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from directory.geo.grid import to_wgs84_arrays
from directory.geo.types import Point, Square

EXACT = "exact"
TOWN = "town"
# A ring of this radius is drawn round a town's centre: the place is somewhere in or near it.
TOWN_RING_M = 2000
SERVICE_URL = "/services/{id}"
# About 2 MB.
_WORKED_OUT_MOST = 10_000
_worked_out: dict[Point, tuple[float, float]] = {}
# Of a degree: about 10 m, which is how exact the change from grid to WGS84 is.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A service at one place that may be shown. Nothing confidential can be said with it: it has no address.

    number: as in the list beside the map; None on the map of the whole country.
    precision: 'exact' (the service's own public postcode) or 'town' (the town's centre).
    where: words on the place, such as 'in Huntingdon; ask for the address when you get in touch'; may be ''.
    distance: words, such as 'about 3 miles'; '' where no distance is told.
    town: to sort a list by; not in the layer.
    """

    number: int | None
    listing_id: int
    name: str
    precision: str
    point: Point
    where: str = ""
    distance: str = ""
    town: str = ""

    def __post_init__(self) -> None:
        if self.precision not in {EXACT, TOWN}:
            raise ValueError(
                f"listing {self.listing_id}: a place of precision {self.precision!r} is not shown"
            )


class _Place(msgspec.Struct, tag="Point", tag_field="type"):
    coordinates: tuple[float, float]


class _Words(msgspec.Struct, omit_defaults=True):
    name: str
    number: int | None = None
    precision: str = EXACT
    # Where each line stands in the layer's `lines`.
    lines: list[int] = []


class _Feature(msgspec.Struct, tag="Feature", tag_field="type"):
    # The number of the listing: its page is at the layer's `url` with it put in.
    id: int
    geometry: _Place
    properties: _Words


class _Square(msgspec.Struct, tag="Polygon", tag_field="type"):
    coordinates: list[list[tuple[float, float]]]


class _Layer(msgspec.Struct, tag="FeatureCollection", tag_field="type", omit_defaults=True):
    features: list[_Feature]
    url: str
    town_ring_m: int
    # Lines that many places share ('about 3 miles') are written once.
    lines: tuple[str, ...]
    # RFC 7946 section 5: west, south, east, north. Here: what to show first.
    bbox: tuple[float, float, float, float] | None = None
    # Section 6.1 allows members of our own: where the search was about.
    square: _Square | None = None
    authorities: Sequence[str] = ()


def services_geojson(
    marks: Iterable[Mark],
    *,
    url: str = SERVICE_URL,
    square: Square | None = None,
    authorities: Sequence[str] = (),
    first_seen: Sequence[Point] = (),
) -> bytes:
    """The layer, as UTF-8 JSON (RFC 7946: longitude first). `precision` is left out where it is 'exact'.

    url: the address of a listing's page on this site, with '{id}' in it.
    square, authorities (LAD codes): where the search was about, to set off on the
      ground. No more than the address of the page says.
    first_seen: points that the first view must hold, such as the near places; the
      square is held too. Empty: the view holds every mark.
    """
    kept = list(marks)
    corners = _corners(square) if square else []
    degrees = _degrees([mark.point for mark in kept])
    # Worked out afresh: nothing of where somebody searched is kept.
    outline = _converted(corners)
    view = outline + _converted(first_seen) if first_seen else []
    features = []
    lines: dict[str, int] = {}
    for mark, place in zip(kept, degrees, strict=True):
        said = [lines.setdefault(line, len(lines)) for line in (mark.where, mark.distance) if line]
        words = _Words(mark.name, mark.number, mark.precision, said)
        features.append(_Feature(mark.listing_id, _Place(place), words))
    return msgspec.json.encode(
        _Layer(
            features,
            url,
            TOWN_RING_M,
            tuple(lines),
            _box(view) if view else None,
            _Square([[*outline, outline[0]]]) if outline else None,
            tuple(authorities),
        )
    )


def _degrees(points: Sequence[Point]) -> list[tuple[float, float]]:
    """(longitude, latitude) of services' places, which come again with every search: worked out once."""
    # A copy of what is needed: another thread may clear the others at any time.
    known = {point: found for point in points if (found := _worked_out.get(point))}
    new = list({point for point in points if point not in known})
    if new:
        fresh = dict(zip(new, _converted(new), strict=True))
        if len(_worked_out) > _WORKED_OUT_MOST:
            _worked_out.clear()
        _worked_out.update(fresh)
        known |= fresh
    return [known[point] for point in points]


def _converted(points: Sequence[Point]) -> list[tuple[float, float]]:
    """(longitude, latitude) of each point, all in one go: one at a time costs a hundredfold."""
    if not points:
        return []
    grid = np.array([(point.easting_m, point.northing_m) for point in points])
    latitudes, longitudes = to_wgs84_arrays(grid[:, 0], grid[:, 1])
    rounded = np.round(np.column_stack((longitudes, latitudes)), _DECIMALS).tolist()
    return [(longitude, latitude) for longitude, latitude in rounded]


def _corners(square: Square) -> list[Point]:
    side_m = square.size_km * 1000
    west, south = square.east * side_m, square.north * side_m
    # Anticlockwise, as RFC 7946 has outer rings.
    return [
        Point(west, south),
        Point(west + side_m, south),
        Point(west + side_m, south + side_m),
        Point(west, south + side_m),
    ]


def _box(degrees: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    longitudes = [longitude for longitude, _latitude in degrees]
    latitudes = [latitude for _longitude, latitude in degrees]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
