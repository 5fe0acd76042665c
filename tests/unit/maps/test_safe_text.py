"""Text that goes through folium stays text, wherever folium may put it."""

from __future__ import annotations

import html
import json
import subprocess

import folium
import pytest

from directory.maps.safe_text import safe_text
from tests.unit.maps.hostile_names import HOSTILE_NAMES

# Every kind of place in a script where a string may be put raw, each run by itself.
PLACES = ("'%s'", '"%s"', "`%s`")


def test_hostile_names_run_nothing_in_a_string_or_a_template_literal() -> None:
    sources = [place % safe_text(name) for name in HOSTILE_NAMES for place in PLACES]
    script = """
        const sources = JSON.parse(require("fs").readFileSync(0, "utf8"));
        let called = 0;
        globalThis.alert = () => { called += 1; };
        const runs = (source) => { try { (0, eval)(source); return true; } catch { return false; } };
        const broken = sources.filter((source) => !runs(source));
        console.log(JSON.stringify({ called, broken }));
    """
    answer = subprocess.run(
        ["node", "-e", script],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(answer.stdout) == {"called": 0, "broken": []}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_script_that_folium_writes_holds_no_live_part_of_a_hostile_name(name: str) -> None:
    page = folium.Map(tiles=None)
    folium.Marker((52, -1), popup=folium.Popup(safe_text(name)), tooltip=safe_text(name)).add_to(page)
    script = page.get_root().script.render()
    for live in ("<script>", "</script>", "<img", "<svg", "${alert", "`;alert", "\u2028", "\\'"):
        assert live not in script


def test_plain_names_read_as_before() -> None:
    name = "St Mary's & Co (Llanelli) – cost: £0 or $0"
    assert html.unescape(safe_text(name)) == name
