"""What every page and file about an area has in common: the way round, the permanent address, and who leads there."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

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
        assert words(link) == "http://localhost" + link.get("href")
        assert f"/{PETERBOROUGH}" in link.get("href"), address
        assert link.get("href").startswith("/snapshots/1/"), address
        assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("file", ["/matrix/{}.csv", "/matrix/{}/compare.csv", "/gaps/{}.csv"])
def test_a_file_holds_the_address_in_every_line(client: FlaskClient, file: str) -> None:
    found = rows(client, file.format(PETERBOROUGH))
    assert found
    again = re.compile(rf"http://localhost/snapshots/1/\w+/{PETERBOROUGH}(\?.*)?")
    assert all(any(again.fullmatch(value) for value in row.values()) for row in found)


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


def test_the_grid_has_a_second_face_of_unmet_need(client: FlaskClient) -> None:
    tree = page(client, f"/matrix/{PETERBOROUGH}?face=unmet")
    table = next(one for one in tree.cssselect(".unmet-table") if one.cssselect("#G2"))
    assert "about 2,300 (1,700 to 2,800) a year" in words(table)
    assert "about 560 (420 to 700) a year" in words(table)
    need = page(client, f"/matrix/{PETERBOROUGH}/need")
    for name in ("G2", "G4", "G7"):
        (own,) = [words(cell) for cell in need.cssselect(f"#need-{name} td[data-head='People estimated']")]
        assert own in words(next(one for one in tree.cssselect(".unmet-table") if one.cssselect(f"#{name}")))
    assert len(tree.cssselect(".unmet-table tbody tr")) == 75


def test_the_second_face_takes_the_readers_own_assumptions(client: FlaskClient) -> None:
    tree = page(client, f"/matrix/{PETERBOROUGH}?face=unmet&uptake=50")
    assert "about 1,100 (840 to 1,400) a year" in words(tree)
    assert tree.cssselect(".permanent a")[0].get("href").endswith("?face=unmet&uptake=50")
    again = words(page(client, f"/snapshots/1/matrix/{PETERBOROUGH}?face=unmet&uptake=50"))
    assert "about 1,100 (840 to 1,400) a year" in again
    wrong = client.get(f"/matrix/{PETERBOROUGH}?face=unmet&uptake=none")
    assert wrong.status_code == 400
    assert "must be a whole number from 1 to 100" in wrong.text
    assert client.get(f"/matrix/{PETERBOROUGH}?face=both").status_code == 400


@pytest.mark.parametrize("area", [PETERBOROUGH, "E12000006"])
def test_files_of_the_grid_carry_unmet_need(client: FlaskClient, area: str) -> None:
    found = rows(client, f"/matrix/{area}.csv")
    assert {row["Places known"] for row in found} == {"no service listed"}
    book = load_workbook(io.BytesIO(client.get(f"/matrix/{area}.xlsx").data))
    sheet = book["Unmet need by group"]
    heads, *lines = sheet.iter_rows(values_only=True)
    assert [line[0] for line in lines] == [f"G{number}" for number in range(1, 10)]
    tree = page(client, f"/matrix/{area}?face=unmet")
    for line in lines:
        told = dict(zip(heads, line, strict=True))
        shown = words(next(one for one in tree.cssselect(".unmet-table") if one.cssselect(f"#{line[0]}")))
        assert str(told["Likely to seek support"]) in shown
        assert str(told["Address that shows this again"]).endswith(f"/matrix/{area}?face=unmet")
        assert client.get(str(told["Address that shows this again"])).status_code == 200


def test_a_range_without_a_middle_has_none_in_the_file(client: FlaskClient) -> None:
    (one, *_rest) = [row for row in rows(client, f"/gaps/{PETERBOROUGH}.csv") if row["Code"] == "G1.6"]
    assert one["People in words"] == "5,000 to 14,000 in all, not in one year"
    assert (one["People, low"], one["People, middle"], one["People, high"]) == ("5000", "", "14000")
