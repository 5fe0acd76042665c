"""The layer of services: GeoJSON that says what the list says, at the places that may be shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from directory.geo.grid import to_wgs84
from directory.geo.types import Point, Square
from directory.maps.services import Mark, services_geojson
from tests.unit.maps.hostile_names import HOSTILE_NAMES

PETERBOROUGH = Point(519_000, 298_700)


def mark(number: int | None = 1, name: str = "Example Service A", **said: Any) -> Mark:
    return Mark(
        **{"number": number, "listing_id": 7, "name": name, "precision": "exact", "point": PETERBOROUGH}
        | said
    )


def layer(*marks: Mark, **said: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(services_geojson(marks, **said))
    return made


def test_a_mark_has_the_number_of_the_list_and_the_address_of_its_page() -> None:
    made = layer(mark(number=3))
    [feature] = made["features"]
    assert (feature["type"], feature["properties"]["number"], feature["properties"]["name"]) == (
        "Feature",
        3,
        "Example Service A",
    )
    assert made["url"].replace("{id}", str(feature["id"])) == "/services/7"


def test_longitude_stands_first_and_is_right_to_ten_metres() -> None:
    [feature] = layer(mark())["features"]
    latitude, longitude = to_wgs84(PETERBOROUGH)
    assert feature["geometry"] == {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]}


def test_a_town_says_that_it_is_one_and_gets_a_ring_of_two_kilometres() -> None:
    made = layer(mark(precision="town", where="in Huntingdon; ask for the address when you get in touch"))
    assert made["features"][0]["properties"]["precision"] == "town"
    assert made["town_ring_m"] == 2000


def test_words_that_places_share_are_written_once() -> None:
    made = layer(mark(1, distance="about 3 miles"), mark(2, where="Oundle", distance="about 3 miles"))
    assert made["lines"] == ["about 3 miles", "Oundle"]
    assert [feature["properties"].get("lines") for feature in made["features"]] == [[0], [1, 0]]


def test_a_place_that_may_not_be_shown_cannot_become_a_mark() -> None:
    for precision in ("confidential", "", "area"):
        with pytest.raises(ValueError, match="is not shown"):
            mark(precision=precision)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_come_out_as_they_went_in(name: str) -> None:
    assert layer(mark(name=name))["features"][0]["properties"]["name"] == name


def test_on_the_map_of_the_country_marks_have_no_number() -> None:
    assert "number" not in layer(mark(number=None))["features"][0]["properties"]


def test_the_square_is_closed_and_lies_round_its_centre() -> None:
    square = Square(1, 519, 298)
    made = layer(square=square, authorities=("E06000031",))
    [ring] = made["square"]["coordinates"]
    latitude, longitude = to_wgs84(square.centre)
    assert ring[0] == ring[-1] and len(ring) == 5
    assert min(east for east, _ in ring) < longitude < max(east for east, _ in ring)
    assert min(north for _, north in ring) < latitude < max(north for _, north in ring)
    assert made["authorities"] == ["E06000031"]


def test_the_first_view_holds_the_near_places_and_the_square_but_not_the_far_ones() -> None:
    far = Point(430_000, 564_000)
    west, south, east, north = layer(
        mark(1), mark(2, point=far), square=Square(1, 519, 298), first_seen=[PETERBOROUGH]
    )["bbox"]
    latitude, longitude = to_wgs84(PETERBOROUGH)
    assert west <= round(longitude, 4) <= east and south <= round(latitude, 4) <= north
    assert north < to_wgs84(far)[0]


def test_an_empty_layer_is_a_layer() -> None:
    assert layer()["features"] == []
    assert "bbox" not in layer()
