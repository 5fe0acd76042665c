"""The folium page, reduced to Leaflet: what it may hold and what it may not."""

from __future__ import annotations

import re

import pytest
from lxml import html

from directory.maps.ground import Ground, GroundAssets, PlaceName, build_ground
from directory.maps.newest import Newest
from directory.maps.place_names import NAMES_MOST, place_names

ASSETS = GroundAssets(
    leaflet_js="/built/leaflet.1.js",
    leaflet_css="/built/leaflet.2.css",
    map_js="/built/map.3.js",
    map_css="/built/map.4.css",
    boundaries="/built/boundaries.5.geojson",
)
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def whole(ground: Ground) -> str:
    return "\n".join((ground.head, ground.body, ground.script))


def test_the_page_asks_nobody_but_this_site_for_anything() -> None:
    page = whole(build_ground(ASSETS, place_names()))
    assert not re.search(r"(?:https?:)?//[a-z]", page)


def test_the_page_loads_leaflet_and_our_own_files_and_nothing_else() -> None:
    tree = html.fromstring(f"<html><head>{build_ground(ASSETS).head}</head></html>")
    assert tree.xpath("//script/@src") == ["/built/leaflet.1.js"]
    assert tree.xpath("//link/@href") == ["/built/leaflet.2.css", "/built/map.4.css"]


@pytest.mark.parametrize(
    "library", ["jquery", "bootstrap", "awesome", "glyphicon", "$(", "jsdelivr", "cloudflare"]
)
def test_nothing_of_what_folium_brings_along_is_left(library: str) -> None:
    assert library not in whole(build_ground(ASSETS, tiles_url=TILES)).lower()


def test_a_strict_policy_allows_every_part() -> None:
    ground = build_ground(ASSETS, place_names(), TILES)
    outside = ground.head + ground.body
    assert "<style" not in outside
    assert "style=" not in outside
    assert not re.search(r"<script(?![^>]*\bsrc=)", outside)
    assert not re.search(r"\son[a-z]+=", outside)
    for made_from_text in ("eval(", "Function(", "innerHTML", "document.write"):
        assert made_from_text not in ground.script


def test_nothing_on_the_map_moves_by_itself() -> None:
    script = build_ground(ASSETS).script
    for motion in ("zoomAnimation", "fadeAnimation", "markerZoomAnimation", "inertia"):
        assert f'"{motion}": false' in script


def test_tiles_come_only_when_asked_for() -> None:
    assert "tileLayer" not in build_ground(ASSETS).script
    with_tiles = build_ground(ASSETS, place_names(), TILES).script
    assert TILES in with_tiles
    # Tiles bring names of their own.
    assert "Peterborough" not in with_tiles


def test_a_hostile_tile_address_or_place_name_ends_no_string() -> None:
    hostile = "</script><script>alert(1)</script>"
    named = build_ground(ASSETS, [PlaceName(hostile, 52, -1)]).script
    tiled = build_ground(ASSETS, (), f"https://tiles.example.org/{{z}}/{{x}}/{{y}}.png?{hostile}").script
    assert "</script" not in named
    assert "</script" not in tiled


def test_the_same_page_is_the_same_bytes() -> None:
    assert build_ground(ASSETS, place_names()) == build_ground(ASSETS, place_names())


def test_towns_are_named_largest_first() -> None:
    names = place_names()
    assert names[0].name == "London"
    assert len(names) == NAMES_MOST
    assert all(49.8 < each.latitude < 55.9 and -6.5 < each.longitude < 1.9 for each in names)


def test_a_thing_is_made_once_for_each_version_and_key() -> None:
    made: list[str] = []
    newest: Newest[int] = Newest()

    def make(name: str) -> int:
        made.append(name)
        return len(made)

    assert newest.get(7, "en", lambda: make("7 en")) == newest.get(7, "en", lambda: make("7 en again"))
    newest.get(7, "cy", lambda: make("7 cy"))
    newest.get(8, "en", lambda: make("8 en"))
    assert made == ["7 en", "7 cy", "8 en"]
