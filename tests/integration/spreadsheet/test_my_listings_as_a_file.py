"""An organisation takes its listings away as a file, edits them, and sends them back."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from directory.config import Settings
from directory.models.proposed_change import ProposedChange
from directory.reference.coverage import read_coverage
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, small_site

UPLOAD = "/my-listings/upload"


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """Her listing has the number 1, another organisation's 2."""
    site = small_site(empty_settings)
    make_listing(database_of(site), waiting_as_at="2025-11", waiting_weeks="6", interpreters="yes")
    make_listing(database_of(site), organisation="Another Organisation", name="Example Service B")
    return site


@pytest.fixture
def hers(site: Flask) -> FlaskClient:
    return signed_in(site, make_account(database_of(site), owner_of=[make_organisation(database_of(site))]))


def send(client: FlaskClient, content: bytes, name: str = "file.csv") -> tuple[int, str]:
    answer = client.post(UPLOAD, data={"file": (io.BytesIO(content), name)})
    return answer.status_code, answer.text


def changes(site: Flask) -> list[tuple[int | None, str, dict[str, str]]]:
    with database_of(site).reading() as session:
        rows = session.scalars(select(ProposedChange).order_by(ProposedChange.id))
        return [(one.service_id, one.state, one.cells) for one in rows]


def test_every_link_on_the_page_to_send_a_file_leads_to_a_page(hers: FlaskClient) -> None:
    links = html.fromstring(hers.get(UPLOAD).text).xpath("//main//a/@href")
    assert "/my-listings" in links
    assert {link: hers.get(link).status_code for link in links if hers.get(link).status_code != 200} == {}


def test_the_file_holds_her_listings_alone_and_untouched_it_changes_nothing(
    site: Flask, hers: FlaskClient
) -> None:
    as_csv, as_xlsx = hers.get("/my-listings/file.csv").data, hers.get("/my-listings/file.xlsx").data
    assert b"Example Service A" in as_csv and b"Example Service B" not in as_csv
    assert b"last_confirmed" not in as_csv and b"inclusion" not in as_csv
    sheets = load_workbook(io.BytesIO(as_xlsx)).sheetnames
    assert sheets[:3] == ["My listings", "Key", "How to fill this in"]
    text = as_csv.decode("utf-8-sig")
    for content in (
        as_csv, as_xlsx, text.encode("utf-16"), text.encode("cp1252"),
        text.replace("2025-11", "Nov-25").replace(",yes,", ",TRUE,").encode(),
    ):  # fmt: skip
        status, told = send(hers, content)
        assert status == 200 and "There is nothing to send." in told and "with a problem" not in told
    assert changes(site) == []


def test_what_differs_is_shown_kept_as_drafts_and_sent_to_moderation(site: Flask, hers: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(hers.get("/my-listings/file.xlsx").data))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["waiting_weeks"]).value = 9.0
    sheet.cell(2, heads["waiting_as_at"]).value = datetime(2025, 11, 1)
    written = io.BytesIO()
    book.save(written)
    status, told = send(hers, written.getvalue(), "file.xlsx")
    assert status == 200 and "waiting_weeks" in told and "waiting_as_at" not in told
    assert changes(site) == [(1, "draft", {"waiting_weeks": "9"})]
    done = hers.post(f"{UPLOAD}/send")
    assert done.status_code == 303 and "1 listing was sent." in hers.get(done.headers["Location"]).text
    assert changes(site) == [(1, "waiting", {"waiting_weeks": "9"})]
    hers.post(f"{UPLOAD}/send")
    assert len(changes(site)) == 1


def test_the_key_has_every_code_with_its_words_and_the_upload_ignores_it(
    site: Flask, hers: FlaskClient
) -> None:
    book = load_workbook(io.BytesIO(hers.get("/my-listings/file.xlsx").data))
    _head, *rows = book["Key"].iter_rows(values_only=True)
    key = {(column, code): words for column, _label, code, words in rows}
    assert len(key) == len(rows) and all(key.values())
    assert "An adult who was sexually abused as a child" in key["support_types", "G4.6"]
    assert {code for column, code in key if column == "groups"} == {f"G{number}" for number in range(1, 10)}
    assert sum(column == "support_types" for column, _code in key) == 75
    assert key["contact_routes", "telephone"] == "Telephone" and key["languages", "cy"] == "Welsh"
    for name in (code for column, code in key if column == "coverage"):
        assert read_coverage(name).unknown_names == ()
    sheet = book["Key"]
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 3).value = "G4.6?"
    written = io.BytesIO()
    book.save(written)
    status, told = send(hers, written.getvalue(), "file.xlsx")
    assert status == 200 and "There is nothing to send." in told and changes(site) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,waiting_weeks\n2,5\n", "not one of your listings"),
        ("id,waiting_weeks\n1,5\n1,6\n", "stands in the file twice"),
        ("id;waiting_weeks\n1;many\n", "whole number from 0 to 520"),
        ("id,cost_note\n1,=HYPERLINK(1)\n", "formula"),
        ("id,contact_routes\n1,1632960001\n", "the 0 before it is lost"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_line(
    site: Flask, hers: FlaskClient, content: str, said: str
) -> None:
    status, told = send(hers, content.encode())
    assert status == 200 and said in told
    assert all(cells != {"waiting_weeks": "6"} and number == 1 for number, _state, cells in changes(site))


def test_no_file_gives_a_listing_to_another_organisation(site: Flask, hers: FlaskClient) -> None:
    assert b"organisation," not in hers.get("/my-listings/file.csv").data.replace(b"organisation_url", b"")
    for whose, taken in (("Example Organisation", True), ("Another Organisation", False)):
        status, told = send(hers, f"id,organisation,waiting_weeks\n1,{whose},7\n".encode())
        assert status == 200 and ("another organisation" in told) is not taken
        assert [cells for _id, _state, cells in changes(site)] == ([{"waiting_weeks": "7"}] if taken else [])


def workbook(**cells: object) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for place, value in cells.items():
        book.active[place] = value
    book.save(written)
    return written.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    held = io.BytesIO(workbook(A1="id", A2=1))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return held.getvalue()


HOSTILE = [
    (b"", "Choose the file"),
    (b"PK\x03\x04 no workbook", "cannot be read"),
    (b"\x00\x01\x02", "not a CSV file"),
    (b"id,name,name\n1,a,b\n", "stand there twice: name"),
    (b"waiting_weeks\n7\n", "id’ is missing"),
    (b'id,name\n1,"no end', "cannot be read"),
    (b"id\n" + b"1\n" * 5_100, "more than 5,000 rows"),
    (with_part("xl/vbaProject.bin", b"x"), "macros"),
    (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "links to another file"),
    (with_part("xl/worksheets/bomb.xml", b"0" * 45_000_000), "more than 40 MB"),
    (with_part("xl/other.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "not one that a spreadsheet writes"),
]


@pytest.mark.parametrize(("content", "said"), HOSTILE)
def test_a_file_that_is_no_listings_file_is_refused_in_words(
    site: Flask, hers: FlaskClient, content: bytes, said: str
) -> None:
    status, told = send(hers, content)
    assert status == 400 and said in told
    assert changes(site) == []


def test_formulas_and_numbers_in_a_workbook_are_pointed_out(hers: FlaskClient) -> None:
    _status, told = send(hers, workbook(A1="id", B1="cost_note", A2=1, B2="=1+1"))
    assert "The cell holds a formula." in told
    _status, told = send(hers, workbook(A1="id", B1="contact_routes", A2=1, B2=1632960001))
    assert "the 0 before it is lost" in told


def test_only_here_may_a_body_be_large_and_only_so_large(hers: FlaskClient) -> None:
    large = b"id,cost_note\n1," + b"x" * 100_000
    assert send(hers, large)[0] == 200
    assert hers.post(UPLOAD, data={"file": (io.BytesIO(b"x" * 9_000_000), "a.csv")}).status_code == 413
    assert hers.post("/my-listings/upload/send", data={"a": "x" * 100_000}).status_code in {303, 413}
