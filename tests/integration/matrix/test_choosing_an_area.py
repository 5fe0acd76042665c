"""Choosing an area: whatever is typed gets an area, a choice or a clear answer, and stays out of the address."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from directory.geo.areas import areas
from tests.integration.matrix.grid_pages import page, words


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Peterborough", "E06000031"),
        ("e10000028", "E10000028"),
        ("PE1 1QL", "E06000031"),
        ("Wales", "W92000004"),
        ("England and Wales", "K04000001"),
        ("East Midlands", "E12000004"),
        ("Cambridgeshire and Peterborough", "cambridgeshire-and-peterborough"),
    ],
)
def test_one_area_that_is_meant_is_opened(client: FlaskClient, typed: str, code: str) -> None:
    answer = client.post("/matrix", data={"area": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matrix/{code}")
    assert "Set-Cookie" not in answer.headers


def test_namesakes_are_offered_with_what_they_are(client: FlaskClient) -> None:
    answer = client.post("/matrix", data={"area": "West Midlands"})
    told = words(html.fromstring(answer.text).cssselect("section[aria-labelledby='options-heading']")[0])
    assert answer.status_code == 200
    assert "Police force area" in told and "Region" in told


@pytest.mark.parametrize("typed", ["", "   ", "Narnia", "EH1 1YZ", "<script>", "x" * 3000, "\x00", "💥"])
def test_what_names_no_area_gets_the_form_again_with_what_was_wrong(client: FlaskClient, typed: str) -> None:
    answer = client.post("/matrix", data={"area": typed})
    assert answer.status_code == 400
    tree = html.fromstring(answer.text)
    assert len(tree.cssselect(".govuk-error-summary")) == 1
    assert tree.cssselect("title")[0].text_content().strip().startswith("There is a problem")
    assert "<script>" not in answer.text.split("<main", 1)[1]


def test_a_misspelt_area_is_understood_or_offered(client: FlaskClient) -> None:
    understood = client.post("/matrix", data={"area": "Peterbrough"})
    assert understood.headers["Location"] == "/matrix/E06000031"
    offered = html.fromstring(client.post("/matrix", data={"area": "Staffordshir"}).text)
    links = [link.get("href") for link in offered.cssselect("#options-heading ~ ul a")]
    assert links == ["/matrix/E10000028", "/matrix/E07000198"]


def test_a_town_of_several_places_is_offered_by_its_councils(client: FlaskClient) -> None:
    offered = html.fromstring(client.post("/matrix", data={"area": "St Ives"}).text)
    told = words(offered.cssselect("#options-heading ~ ul")[0])
    assert "Huntingdonshire" in told and "Cornwall" in told and "St Ives is in it" in told


def test_every_authority_and_wider_area_is_on_the_lists(client: FlaskClient) -> None:
    links = [link.get("href") for link in page(client, "/matrix").cssselect("main a[href^='/matrix/']")]
    codes = {link.removeprefix("/matrix/") for link in links}
    assert codes >= set(areas())
    for column in ("utla_code", "region_code", "police_force_code"):
        assert codes >= {getattr(one, column) for one in areas().values()}
    assert codes >= {"K04000001", "E92000001", "W92000004", "cambridgeshire-and-peterborough"}


def test_the_rules_hold_every_type_with_its_source_and_version(client: FlaskClient) -> None:
    tree = page(client, "/matrix/rules")
    rows = tree.cssselect(".rules__list tbody tr")
    assert len(rows) == 75
    assert all("Version 1" in words(row) for row in rows)
    assert len(tree.cssselect("ol > li[id^='rule-']")) == 6
    assert "not published where we could read it" in words(tree)


def test_each_page_has_a_way_to_the_matrix_in_its_foot(client: FlaskClient) -> None:
    assert page(client, "/").cssselect("footer a[href='/matrix']")
