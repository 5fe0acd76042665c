"""How much the map costs: one GeoJSON layer against one folium marker for each service, in one run.

Both say the same of each service: number, name, address of its page, where, how far.
"""

from __future__ import annotations

import gzip
import random
import statistics
import time
from collections.abc import Callable
from html import escape

import folium

from directory.geo.grid import to_wgs84
from directory.geo.types import Point
from directory.maps.ground import GroundAssets, build_ground
from directory.maps.place_names import place_names
from directory.maps.safe_text import safe_text
from directory.maps.services import Mark, services_geojson

SERVICES = 500
ROUNDS_LAYER = 30
ROUNDS_MARKERS = 3
# The goals of performance work: at most these shares of folium's own way.
BYTES_SHARE_MAX = 1 / 6
TIME_SHARE_MAX = 1 / 300


def run() -> dict[str, object]:
    """Bytes and median milliseconds of both ways, their shares, and whether the goals are met."""
    marks = _marks(SERVICES)
    degrees = [to_wgs84(mark.point) for mark in marks]
    layer = services_geojson(marks)
    page = _one_marker_each(marks, degrees)
    layer_ms: list[float] = []
    markers_ms: list[float] = []
    # Turn and turn about, so that a busy moment of the machine meets both.
    for _round in range(ROUNDS_MARKERS):
        markers_ms.append(_milliseconds(lambda: _one_marker_each(marks, degrees)))
        layer_ms += [
            _milliseconds(lambda: services_geojson(marks)) for _again in range(ROUNDS_LAYER // ROUNDS_MARKERS)
        ]
    assets = GroundAssets("/leaflet.js", "/leaflet.css", "/map.js", "/map.css", "/boundaries.geojson")
    ground_ms = _milliseconds(lambda: build_ground(assets, place_names()))
    bytes_share = len(layer) / len(page)
    time_share = statistics.median(layer_ms) / statistics.median(markers_ms)
    return {
        "services": SERVICES,
        "layer_bytes": len(layer),
        "layer_bytes_gzip": len(gzip.compress(layer)),
        "layer_ms": round(statistics.median(layer_ms), 3),
        "markers_bytes": len(page),
        "markers_bytes_gzip": len(gzip.compress(page)),
        "markers_ms": round(statistics.median(markers_ms), 1),
        "ground_ms_once_per_version": round(ground_ms, 1),
        "bytes_share": round(bytes_share, 4),
        "time_share": round(time_share, 6),
        "bytes_goal_met": bytes_share <= BYTES_SHARE_MAX,
        "time_goal_met": time_share <= TIME_SHARE_MAX,
    }


def _marks(count: int) -> list[Mark]:
    choose = random.Random(11)
    return [
        Mark(
            number,
            number,
            f"Example Service {number} for Families",
            "exact" if number % 3 else "town",
            Point(choose.randrange(300_000, 600_000), choose.randrange(100_000, 550_000)),
            "" if number % 3 else "in Exampletown; ask for the address when you call",
            f"about {choose.randrange(2, 25)} miles",
        )
        for number in range(1, count + 1)
    ]


def _one_marker_each(marks: list[Mark], degrees: list[tuple[float, float]]) -> bytes:
    page = folium.Map(location=(52.6, -1.9), zoom_start=6, tiles=None)
    for mark, place in zip(marks, degrees, strict=True):
        link = f'<a href="/services/{mark.listing_id}">{mark.number}. {safe_text(mark.name)}</a>'
        words = "".join(f"<p>{escape(line)}</p>" for line in (mark.where, mark.distance) if line)
        folium.Marker(place, popup=folium.Popup(link + words), tooltip=safe_text(mark.name)).add_to(page)
    return page.get_root().render().encode()


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
