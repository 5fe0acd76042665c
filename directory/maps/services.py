"""The services as one GeoJSON layer: one feature for each mark in the list, with the list's numbers.

The words come ready from the page (already translated) and stay data all the way:
the script that draws them writes text nodes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from directory.geo.types import Point

EXACT = "exact"
TOWN = "town"
# A ring of this radius is drawn round a town's centre: the place is somewhere in or near it.
TOWN_RING_M = 2000
# 4 decimals are about 10 m, which is how exact the change from grid to WGS84 is;
# a town's centre needs no more than 3 (about 100 m).
_DECIMALS = {EXACT: 4, TOWN: 3}


@dataclass(frozen=True, slots=True)
class Mark:
    """A service at one place that may be shown. Nothing confidential can be said with it: it has no address.

    number: as in the list beside the map; None on the map of the whole country.
    precision: 'exact' (the service's own public postcode) or 'town' (the town's centre).
    where: words on the place, such as 'in Huntingdon; ask for the address when you call'; may be ''.
    distance: words, such as 'about 3 miles'; '' where no distance is told.
    """

    number: int | None
    listing_id: int
    name: str
    precision: str
    point: Point
    where: str = ""
    distance: str = ""

    def __post_init__(self) -> None:
        if self.precision not in _DECIMALS:
            raise ValueError(f"listing {self.listing_id}: a place of precision {self.precision!r} is not shown")


class _Place(msgspec.Struct, tag="Point", tag_field="type"):
    coordinates: tuple[float, float]


class _Words(msgspec.Struct, omit_defaults=True):
    name: str
    url: str
    precision: str
    number: int | None = None
    where: str = ""
    distance: str = ""


class _Feature(msgspec.Struct, tag="Feature", tag_field="type"):
    geometry: _Place
    properties: _Words


class _Square(msgspec.Struct, tag="Polygon", tag_field="type"):
    coordinates: list[list[tuple[float, float]]]


class _Layer(msgspec.Struct, tag="FeatureCollection", tag_field="type", omit_defaults=True):
    features: list[_Feature]
    town_ring_m: int
    # RFC 7946 section 6.1 allows members of our own: where the search was about.
    square: _Square | None = None
    authorities: Sequence[str] = ()


def services_geojson(
    marks: Iterable[Mark],
    to_wgs84: Callable[[Point], tuple[float, float]],
    *,
    url_of: Callable[[int], str] = "/services/{}".format,
    square: Sequence[Point] = (),
    authorities: Sequence[str] = (),
) -> bytes:
    """The layer, as UTF-8 JSON (RFC 7946: longitude first).

    to_wgs84: grid point → (latitude, longitude) in degrees, as directory.geo.grid has it.
    url_of: listing id → the address of its page on this site.
    square: the four corners of the square that was searched from; authorities: LAD
      codes to set off on the boundaries. Both are no more than the page's address says.
    """
    features = []
    for mark in marks:
        latitude, longitude = to_wgs84(mark.point)
        places = _DECIMALS[mark.precision]
        features.append(
            _Feature(
                _Place((round(longitude, places), round(latitude, places))),
                _Words(
                    mark.name, url_of(mark.listing_id), mark.precision, mark.number, mark.where, mark.distance
                ),
            )
        )
    return msgspec.json.encode(
        _Layer(features, TOWN_RING_M, _outline(square, to_wgs84), tuple(authorities))
    )


def _outline(
    corners: Sequence[Point], to_wgs84: Callable[[Point], tuple[float, float]]
) -> _Square | None:
    if not corners:
        return None
    ring = []
    for corner in (*corners, corners[0]):
        latitude, longitude = to_wgs84(corner)
        ring.append((round(longitude, 4), round(latitude, 4)))
    return _Square([ring])
