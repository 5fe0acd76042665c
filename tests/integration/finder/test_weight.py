"""On a poor connection: the first page of results is light, needs no script, and stays nowhere."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.integration.finder.pages import ask

BYTES_MAX = 100_000
IMPORTED = re.compile(rb"""(?:from|import)\s*\(?["'](?:\./|/static/built/)([\w.-]+\.js)["']""")


def packed(content: bytes) -> int:
    """Bytes on the wire, as a proxy sends them."""
    return len(gzip.compress(content, 9))


def parts(client: FlaskClient, address: str) -> dict[str, bytes]:
    """The page, its styles, and its scripts with all that they import at once."""
    page = client.get(address).data
    tree = html.fromstring(page)
    waiting = [*tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src")]
    found = {address: page}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = client.get(name).data
            waiting += [f"/static/built/{each.decode()}" for each in IMPORTED.findall(found[name])]
    return found


@pytest.mark.parametrize("place", ["PE1 1QL", "", "Wrexham"])
def test_the_first_page_of_results_weighs_less_than_100_kilobytes(client: FlaskClient, place: str) -> None:
    weights = {name: packed(content) for name, content in parts(client, ask(client, place)).items()}
    assert len(weights) > 4
    assert sum(weights.values()) < BYTES_MAX, weights


def test_the_first_page_and_the_first_steps_are_lighter_still(client: FlaskClient) -> None:
    for path in ("/", "/start/d"):
        assert sum(packed(content) for content in parts(client, path).values()) < BYTES_MAX * 0.6


def test_no_script_is_waited_for_and_the_map_comes_when_it_is_near(client: FlaskClient) -> None:
    tree = html.fromstring(client.get(ask(client, "PE1 1QL")).text)
    assert {script.get("type") for script in tree.xpath("//script[@src]")} == {"module"}
    assert {frame.get("loading") for frame in tree.xpath("//iframe")} == {"lazy"}


@pytest.mark.parametrize("path", ["/", "/start/a", "/start/j", "/find/results", "/services/1", "/exit"])
def test_no_page_of_a_visit_is_kept_on_the_device(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
