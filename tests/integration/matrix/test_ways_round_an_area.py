"""What every page and file about an area has in common: the way round, the permanent address, and who leads there."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.config import Settings
from directory.matrix.types import State
from tests.integration.matrix.grid_pages import PETERBOROUGH, page, small_site, state, words

WREXHAM = "W06000006"
PAGES = (
    "/matrix/{}",
    "/matrix/{}?face=unmet",
    "/gaps/{}",
    "/gaps/{}/plain",
    "/matrix/{}/need",
    "/matrix/{}/access",
    "/matrix/{}/compare",
    "/matrix/{}/views",
    "/matrix/{}/calls",
    "/matrix/{}/changes",
)


@pytest.fixture
def client(empty_settings: Settings) -> FlaskClient:
    app: Flask = small_site(empty_settings)
    state(app, WREXHAM, "G2.3", State.NOT_AVAILABLE)
    state(app, PETERBOROUGH, "G2.3", State.NOT_AVAILABLE)
    return app.test_client()


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """A file's lines."""
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("area", [PETERBOROUGH, "E12000006"])
def test_every_page_of_an_area_leads_to_all_the_others(client: FlaskClient, area: str) -> None:
    for address in PAGES:
        tree = page(client, address.format(area))
        links = tree.cssselect(".area-nav a")
        shown = [link.get("href") for link in links]
        assert shown[: len(PAGES)] == [one.format(area) for one in PAGES], address
        assert shown[len(PAGES) :] == [f"/matrix/{area}.csv", f"/matrix/{area}.xlsx"]
        here = [link.get("href") for link in links if link.get("aria-current") == "page"]
        assert here == [address.format(area)]


def test_a_page_of_figures_ends_with_the_address_that_shows_them_again(client: FlaskClient) -> None:
    for address in (*PAGES[:-1], "/matrix/{}/G2.3", "/matrix/{}/changes?since=1"):
        tree = page(client, address.format(PETERBOROUGH))
        (link,) = tree.cssselect(".permanent a")
        assert words(link) == link.get("href")
        assert link.get("href").startswith(f"http://localhost/snapshots/1/matrix/{PETERBOROUGH}"), address
        assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("file", ["/matrix/{}.csv", "/matrix/{}/compare.csv", "/gaps/{}.csv"])
def test_a_file_holds_the_address_in_every_line(client: FlaskClient, file: str) -> None:
    found = rows(client, file.format(PETERBOROUGH))
    assert found
    again = f"http://localhost/snapshots/1/matrix/{PETERBOROUGH}"
    assert all(any(value == again for value in row.values()) for row in found)


def test_in_wales_the_grid_and_the_register_name_welsh_leads(client: FlaskClient) -> None:
    gaps = words(page(client, f"/gaps/{WREXHAM}"))
    assert "Local health board" in gaps
    for english in ("Integrated care board", "NHS England", "Local policing body"):
        assert english not in gaps
    for file in (f"/matrix/{WREXHAM}.csv", f"/gaps/{WREXHAM}.csv"):
        leads = {row["Usual commissioner"] for row in rows(client, file)}
        assert not [one for one in leads if "integrated care board" in one.lower()]
        assert [one for one in leads if "local health board" in one.lower()]
    assert "Integrated care board (NHS)" in words(page(client, f"/gaps/{PETERBOROUGH}"))


def test_a_range_without_a_middle_has_none_in_the_file(client: FlaskClient) -> None:
    (one, *_rest) = [row for row in rows(client, f"/gaps/{PETERBOROUGH}.csv") if row["Code"] == "G1.6"]
    assert one["People in words"] == "5,000 to 14,000 in all, not in one year"
    assert (one["People, low"], one["People, middle"], one["People, high"]) == ("5000", "", "14000")
