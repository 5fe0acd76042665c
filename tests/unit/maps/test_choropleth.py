"""The shaded map: our own files only, nothing inline without the nonce, and names that stay names."""

from __future__ import annotations

import json
import re

import pytest

from directory.maps.choropleth import Shade, build_choropleth
from directory.maps.ground import Ground
from tests.unit.maps.hostile_names import HOSTILE_NAMES
from tests.unit.maps.test_ground import ASSETS


def made(*shades: Shade) -> Ground:
    return build_choropleth(ASSETS, shades)


def handed_over(ground: Ground) -> dict[str, dict[str, object]]:
    found = re.search(r"draw\([\w-]+, (\{.*\})\);", ground.script)
    assert found
    areas: dict[str, dict[str, object]] = json.loads(found[1])["areas"]
    return areas


def test_the_map_asks_nobody_but_this_site_for_anything() -> None:
    ground = made(Shade("E06000031", "Peterborough", 1, "3 of 141"))
    whole = "\n".join((ground.head, ground.body, ground.script))
    assert not re.search(r"(?:https?:)?//[a-z]", whole)
    assert "<style" not in ground.head + ground.body
    assert "style=" not in ground.head + ground.body


def test_each_area_has_its_class_its_words_and_whether_it_is_the_one_compared() -> None:
    ground = made(
        Shade("E06000031", "Peterborough", 2, "3 of 141", True), Shade("E07000010", "Fenland", None, "?")
    )
    assert handed_over(ground) == {
        "E06000031": {"name": "Peterborough", "number": 2, "words": "3 of 141", "isHere": True},
        "E07000010": {"name": "Fenland", "number": None, "words": "?", "isHere": False},
    }


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    ground = made(Shade("E06000031", name, 1, name))
    for mark in ("<", ">", "'", "{{", "{%", "\u2028", "\u2029"):
        assert mark not in ground.script.split("draw(", 1)[1]
    assert handed_over(ground)["E06000031"]["name"] == name


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "{% set a = 1 %}", "{# gone #}", '\\"{{ 7 }}'])
def test_a_name_that_is_a_template_is_not_run_on_the_server(name: str) -> None:
    # branca renders what was rendered again; 49 would stand here.
    assert handed_over(made(Shade("E06000031", name, 1, "")))["E06000031"]["name"] == name
