"""Areas side by side: ranges instead of bare ranks, and the same figures in table, map and file."""

from __future__ import annotations

import csv
import io
import json
import re

from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook

from tests.builders import make_row
from tests.integration.matrix.conftest import Importer

HERE, WIDE = "E06000031", "E12000006"


def page(visitor: FlaskClient, path: str, **headers: str) -> html.HtmlElement:
    answer = visitor.get(path, headers=headers or None)
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def table(tree: html.HtmlElement, caption: str) -> list[list[str]]:
    for found in tree.cssselect("table"):
        if found.cssselect("caption")[0].text_content().startswith(caption):
            return [
                [" ".join(cell.text_content().split()) for cell in row.cssselect("th, td")]
                for row in found.cssselect("tbody tr")
            ]
    raise AssertionError(f"no table {caption}")


def test_an_authority_is_set_beside_the_ten_nearest_with_their_distance(
    listings: Importer, visitor: FlaskClient
) -> None:
    listings(make_row(id=1, modes="in-person"), make_row(id=2, coverage="England"))
    rows = table(page(visitor, f"/matrix/{HERE}/compare"), "Half cells")
    assert rows[0][0] == "Peterborough" and len(rows) == 11
    assert all(re.search(r"about \d+ miles?$", row[0]) for row in rows[1:])
    assert all(sum(map(int, row[1:5])) == int(row[5]) for row in rows)


def test_a_rank_is_never_told_bare_while_it_is_not_sure(listings: Importer, visitor: FlaskClient) -> None:
    listings(make_row(id=1, modes="in-person"), make_row(id=2, coverage="England"))
    rows = table(page(visitor, f"/matrix/{HERE}/compare?with=region"), "Services for each")
    assert rows[0][:3] == ["Peterborough", "1", "1"]
    assert re.fullmatch(
        r"0\.\d\d \(between 0\.00 and 0\.\d\d\) ?between place 1 and place 45 of 45", rows[0][4]
    )
    assert all("between place" in cell for row in rows for cell in row[3:])


def test_the_map_its_legend_and_its_table_tell_the_same(listings: Importer, visitor: FlaskClient) -> None:
    listings(make_row(id=1, modes="in-person"))
    query = "with=region&measure=partly"
    beside = table(page(visitor, f"/matrix/{HERE}/compare?{query}"), "The same as a table")
    tree = page(visitor, f"/matrix/{HERE}/compare/map?{query}")
    assert table(tree, "The same as a table") == beside
    (script,) = [each.text for each in tree.cssselect("script") if each.text and "draw(" in each.text]
    found = re.search(r"draw\([\w-]+, (\{.*\})\);", script)
    assert found
    areas = json.loads(found[1])["areas"]
    told = [
        [one["name"], one["words"].removesuffix(f". Class {one['number']}"), str(one["number"])]
        for one in areas.values()
    ]
    assert told == beside
    legend = [" ".join(each.text_content().split()) for each in tree.cssselect(".map__legend li")]
    assert legend == ["Class 1: 0 (44 authorities)", "Class 2: 1 (1 authority)"]
    assert [code for code, one in areas.items() if one["isHere"]] == [HERE]


def test_only_the_map_may_stand_in_our_frame_and_it_has_no_second_header(visitor: FlaskClient) -> None:
    framed = visitor.get(f"/matrix/{HERE}/compare/map", headers={"Sec-Fetch-Dest": "iframe"})
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "site-header" not in framed.text
    assert "Sec-Fetch-Dest" in framed.headers["Vary"]
    assert visitor.get(f"/matrix/{HERE}/compare").headers["X-Frame-Options"] == "DENY"


def test_a_wider_area_sets_its_authorities_side_by_side(visitor: FlaskClient) -> None:
    rows = table(page(visitor, f"/matrix/{WIDE}/compare"), "Half cells")
    assert len(rows) == 45
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_the_files_hold_the_tables_figures_with_their_types_and_sources(
    listings: Importer, visitor: FlaskClient
) -> None:
    listings(make_row(id=1, modes="in-person"))
    answer = visitor.get(f"/matrix/{HERE}/compare.csv?with=region")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    shown = table(page(visitor, f"/matrix/{HERE}/compare?with=region"), "Half cells")
    assert [[row["Authority"], row["Half cells: Partly available"]] for row in rows] == [
        [row[0], row[2]] for row in shown
    ]
    book = load_workbook(io.BytesIO(visitor.get(f"/matrix/{HERE}/compare.xlsx?with=region").data))
    sheet = list(book["Comparison"].iter_rows(values_only=True))
    first = dict(zip(sheet[0], sheet[1], strict=True))
    assert first["Services that take people from this authority"] == 1
    assert first["Highest rank it may have, by services for each 10,000 adults"] == 1
    assert isinstance(first["Services for each 10,000 adults"], float)
    assert "Intervals and ranks" in [row[0] for row in book["Sources"].iter_rows(values_only=True)]
