"""The map's page and its layer: the list's numbers, an equal list, and nothing that is confidential."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.search.types import Section
from directory.web.map import PLACES_MAX
from tests.integration.map.conftest import World
from tests.integration.map.listing_views import exact, hit, in_town, listing_view

SEARCH = "at=1-519-298.E06000031"
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def layer(visitor: FlaskClient, query: str = SEARCH) -> dict[str, Any]:
    answer = visitor.get(f"/map/services.geojson?{query}")
    assert answer.status_code == 200
    made: dict[str, Any] = answer.get_json(force=True)
    return made


def listed(visitor: FlaskClient, query: str = SEARCH, **headers: str) -> list[str]:
    tree = html.fromstring(visitor.get(f"/map?{query}", headers=headers or None).text)
    return [" ".join(line.text_content().split()) for line in tree.xpath("//ul[@class='map__list']/li")]


def test_marks_have_the_numbers_of_the_list_and_a_helpline_has_no_mark(visitor: FlaskClient) -> None:
    said = [(each["properties"]["number"], each["properties"]["name"]) for each in layer(visitor)["features"]]
    assert said == [(1, "Example Service A"), (2, "Example Service B")]


def test_every_mark_stands_in_the_list_too_with_the_same_words(visitor: FlaskClient) -> None:
    assert listed(visitor) == [
        "1. Example Service A, Peterborough, PE1 1QL, about 1 mile",
        "2. Example Service B, in Huntingdon; ask for the address when you get in touch, about 17 miles",
    ]
    assert layer(visitor)["lines"] == [
        "Peterborough, PE1 1QL",
        "about 1 mile",
        "in Huntingdon; ask for the address when you get in touch",
        "about 17 miles",
    ]


def test_in_the_frame_the_list_is_there_and_links_lead_out_of_the_frame(visitor: FlaskClient) -> None:
    tree = html.fromstring(visitor.get(f"/map?{SEARCH}", headers=IN_A_FRAME).text)
    links = tree.xpath("//ul[@class='map__list']//a")
    assert [(link.get("href"), link.get("target")) for link in links] == [
        ("/services/1", "_top"),
        ("/services/2", "_top"),
    ]
    assert not tree.xpath("//header")
    assert tree.xpath("//script[contains(@src, '/exit.')]")


def test_alone_the_page_has_the_way_out_and_the_way_back(visitor: FlaskClient) -> None:
    tree = html.fromstring(visitor.get(f"/map?{SEARCH}").text)
    assert tree.xpath("//a[@href='/exit']")
    assert tree.xpath("//a[starts-with(@href, '/find/results?at=1-519-298.')]")
    assert len(tree.xpath("//h1")) == 1


def test_without_a_search_every_place_stands_under_its_town_without_a_number(visitor: FlaskClient) -> None:
    tree = html.fromstring(visitor.get("/map").text)
    assert tree.xpath("//ul[@class='map__list']/preceding-sibling::h3/text()") == [
        "Huntingdon",
        "London",
        "Peterborough",
    ]
    assert all("number" not in each["properties"] for each in layer(visitor, "")["features"])
    assert len(layer(visitor, "")["features"]) == 3


def test_without_a_search_the_layer_is_made_once_for_each_version(visitor: FlaskClient, world: World) -> None:
    layer(visitor, "")
    world.listings[4] = listing_view(4, "Example Service D", exact(41, 430_000, 433_000, "Leeds"))
    assert len(layer(visitor, "")["features"]) == 3
    world.version += 1
    assert len(layer(visitor, "")["features"]) == 4


def test_a_service_found_by_its_council_is_marked_at_each_of_its_places_under_one_number(
    visitor: FlaskClient, world: World
) -> None:
    world.listings[1] = listing_view(
        1, "Example Service A", exact(11, 519_000, 298_700), in_town(12, 524_000, 271_700)
    )
    world.found = [(Section.NEAR, hit(1, None))]
    assert [each["properties"]["number"] for each in layer(visitor)["features"]] == [1, 1]


def test_one_near_place_of_several_is_marked_alone(visitor: FlaskClient, world: World) -> None:
    world.listings[1] = listing_view(
        1, "Example Service A", exact(11, 519_000, 298_700), exact(12, 430_000, 433_000)
    )
    world.found = [(Section.NEAR, hit(1, 12, 3.0))]
    assert len(layer(visitor)["features"]) == 1


def test_a_confidential_service_is_on_no_map_and_in_no_list_of_places(
    visitor: FlaskClient, world: World
) -> None:
    world.listings[5] = listing_view(5, "Example House E", is_confidential=True)
    world.found = [(Section.NEAR, hit(5, None)), *world.found]
    for query in ("", SEARCH):
        for address in (f"/map?{query}", f"/map/services.geojson?{query}"):
            answer = visitor.get(address)
            assert answer.status_code == 200
            assert "Example House E" not in answer.text
    # Its number stays its own: the next mark is number 2.
    assert [each["properties"]["number"] for each in layer(visitor)["features"]] == [2, 3]


def test_a_search_with_no_place_to_show_says_so(visitor: FlaskClient, world: World) -> None:
    world.found = [(Section.ANYWHERE, hit(3, None))]
    assert layer(visitor)["features"] == []
    assert "None of these services has a place to show on a map." in visitor.get(f"/map?{SEARCH}").text


def test_more_places_than_one_map_can_hold_are_said_to_be_more(visitor: FlaskClient, world: World) -> None:
    one = world.listings[1]
    for number in range(10, PLACES_MAX + 11):
        world.listings[number] = replace(one, id=number, places=(exact(number * 10, 519_000, 298_700),))
    assert len(layer(visitor, "")["features"]) <= PLACES_MAX
    assert "more places than one map can hold" in visitor.get("/map").text


@pytest.mark.parametrize("headers", [{}, IN_A_FRAME])
@pytest.mark.parametrize("query", ["", SEARCH])
def test_every_script_has_the_nonce_of_its_answer_and_no_part_needs_a_weaker_policy(
    visitor: FlaskClient, headers: dict[str, str], query: str
) -> None:
    answer = visitor.get(f"/map?{query}", headers=headers)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    [nonce] = set(re.findall(r"'nonce-([^']+)'", policy))
    tree = html.fromstring(answer.text)
    for script in tree.xpath("//script[not(@src)]"):
        assert script.get("nonce") == nonce
    assert not tree.xpath("//style[not(@nonce)] | //*[@style] | //*[@*[starts-with(name(), 'on')]]")
    for loaded in tree.xpath("//script/@src | //link/@href | //img/@src"):
        assert re.match(r"/[^/]", loaded), loaded
    assert visitor.get(f"/map?{query}", headers=headers).headers["Content-Security-Policy"] != policy


def test_answers_to_a_search_are_kept_nowhere(visitor: FlaskClient) -> None:
    for address in (f"/map?{SEARCH}", f"/map/services.geojson?{SEARCH}", "/map"):
        answer = visitor.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert "Sec-Fetch-Dest" in visitor.get("/map").headers["Vary"]


def test_all_owners_of_the_ground_are_credited(visitor: FlaskClient) -> None:
    for headers in ({}, IN_A_FRAME):
        credits = visitor.get("/map", headers=headers).text
        for owner in ("© Crown copyright and database right", "Royal Mail", "ONS", "GeoNames"):
            assert owner in credits


def test_the_layer_says_that_it_is_geojson(visitor: FlaskClient) -> None:
    assert visitor.get("/map/services.geojson").mimetype == "application/geo+json"
