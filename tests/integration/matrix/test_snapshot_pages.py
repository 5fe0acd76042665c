"""A snapshot's page and files are the same for ever; what changed since says what is known of why."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import delete

from directory.actions.version import bump_listings_version
from directory.db import Database
from directory.models.tables import MovedListing, Service
from tests.builders import make_row
from tests.integration.matrix.conftest import Importer

HERE, WIDE = "E06000031", "E12000006"
NONCE = re.compile(r'nonce="[^"]*"')


def rows(visitor: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def words(visitor: FlaskClient, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    (main,) = html.document_fromstring(answer.text).cssselect("main")
    return " ".join(main.text_content().split())


def number_of_today(visitor: FlaskClient) -> int:
    address = rows(visitor, f"/matrix/{HERE}.csv")[0]["Address that shows this again"]
    found = re.fullmatch(rf"http://localhost/snapshots/(\d+)/matrix/{HERE}", address)
    assert found
    return int(found[1])


def test_after_an_import_the_page_and_the_files_of_a_snapshot_are_byte_for_byte_the_same(
    listings: Importer, visitor: FlaskClient
) -> None:
    listings(make_row(id=1, modes="in-person"), make_row(id=2, modes="remote", coverage="England"))
    number = number_of_today(visitor)
    paths = [
        f"/snapshots/{number}/matrix/{area}{end}" for area in (HERE, WIDE) for end in ("", ".csv", ".xlsx")
    ]
    before = [visitor.get(path) for path in paths]
    today = visitor.get(f"/matrix/{HERE}.csv").data
    assert [answer.status_code for answer in before] == [200] * 6
    listings(make_row(id=1, modes="remote", coverage="Fenland", name="Another Name"), make_row(id=3))
    for path, old in zip(paths, before, strict=True):
        new = visitor.get(path)
        if new.mimetype == "text/html":
            assert NONCE.sub("", new.text) == NONCE.sub("", old.text)
        else:
            assert new.data == old.data
    assert today == before[1].data
    assert visitor.get(f"/matrix/{HERE}.csv").data != today


def test_asking_again_takes_no_second_snapshot(listings: Importer, visitor: FlaskClient) -> None:
    listings(make_row(id=1))
    for path in (
        f"/matrix/{HERE}.csv",
        f"/matrix/{WIDE}.xlsx",
        f"/matrix/{HERE}/compare",
        f"/matrix/{WIDE}.csv",
    ):
        assert visitor.get(path).status_code == 200
    assert words(visitor, "/snapshots").count("Number ") == 1


def test_the_grid_as_a_file_has_a_row_for_each_half_cell_that_applies_and_says_why(
    listings: Importer, visitor: FlaskClient
) -> None:
    listings(make_row(id=1, modes="in-person", name="'=Example Service A", free_to_person="yes"))
    found = {(row["Code"], row["In person or remote"]): row for row in rows(visitor, f"/matrix/{HERE}.csv")}
    assert ("G1.2", "In person") not in found and ("G1.2", "By phone or online") in found
    row = found["G4.6", "In person"]
    assert row["State"] == "Partly available"
    assert row["What keeps it from being available"] == "Not yet confirmed by the service"
    assert row["Services"] == "'=Example Service A (http://localhost/services/1)"
    assert found["G4.6", "By phone or online"]["State"] == "Not known"


def test_in_wales_a_file_names_the_welsh_leads(visitor: FlaskClient) -> None:
    welsh, english = (
        {row["Usual commissioner"] for row in rows(visitor, f"/matrix/{code}.csv")}
        for code in ("W92000004", HERE)
    )
    assert any("integrated care board" in lead for lead in english)
    assert not any("integrated care board" in lead for lead in welsh)
    assert any("health board" in lead for lead in welsh)


def test_the_grid_on_screen_leads_to_the_address_that_shows_it_again(visitor: FlaskClient) -> None:
    page = html.document_fromstring(visitor.get(f"/matrix/{HERE}").text)
    assert f"/snapshots/1/matrix/{HERE}" in page.xpath("//main//a/@href")


def test_a_wider_area_has_shares_and_a_sheet_with_each_authority(
    listings: Importer, visitor: FlaskClient
) -> None:
    listings(make_row(id=1, modes="in-person"))
    answer = visitor.get(f"/matrix/{WIDE}.xlsx")
    assert re.fullmatch(
        rf'attachment; filename="matrix-{WIDE}-\d{{4}}-\d\d-\d\d\.xlsx"',
        answer.headers["Content-Disposition"],
    )
    assert answer.headers["Cache-Control"] == "no-store"
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Grid", "Each authority", "Unmet need by group", "Sources"]
    grid = list(book["Grid"].iter_rows(values_only=True))
    head = grid[0]
    shares = [
        dict(zip(head, row, strict=True)) for row in grid[1:] if row[0] == "G4.6" and row[3] == "In person"
    ]
    assert [
        (one["State"], one["Authorities in this state"], one["Authorities in all"]) for one in shares
    ] == [
        ("Partly available", 1, 45),
        ("Not known", 44, 45),
    ]
    assert sum(one["People in these authorities"] for one in shares) == shares[0]["People in all"]
    each = list(book["Each authority"].iter_rows(values_only=True))
    column = each[0].index("G4.6 In person")
    assert {row[1]: row[column] for row in each[1:]}["Peterborough"] == "Partly available"
    assert len(each) == 46


def test_the_changes_tell_a_closed_service_from_a_listing_that_is_gone(
    listings: Importer, visitor: FlaskClient, small_database: Database
) -> None:
    names = ("Closed", "Taken Off", "Deleted", "Staying", "Inactive", "Joined")
    listings(*(make_row(id=number, name=f"Example {name}") for number, name in enumerate(names, 1)))
    number = number_of_today(visitor)
    listings(
        make_row(id=1, name="Example Closed", status="defunct"),
        make_row(id=2, name="Example Taken Off", listing="needs checking"),
        make_row(id=4, name="Example Staying", coverage="Peterborough;Fenland"),
        make_row(id=5, name="Example Inactive", status="inactive"),
        make_row(id=7, name="Example New"),
    )
    with small_database.transaction() as session:
        session.execute(delete(Service).where(Service.id == 3))
        session.add(
            MovedListing(old_id=6, service_id=4, reason="The same service", moved_on=date(2026, 11, 26))
        )
        bump_listings_version(session)
    said = words(visitor, f"/matrix/{HERE}/changes?since={number}")
    assert "6 changes to services" in said
    for line in (
        "Example Closed The service has closed",
        "Example Deleted Its listing was deleted. Whether the service still runs is not known",
        "Example Inactive The service is not running at the moment",
        "Example Joined It is part of another listing now",
        "Example New Newly listed",
        "Example Taken Off Its listing is no longer shown. The service itself may still run",
    ):
        assert line in said
    assert "Example Staying" not in said
    wide = words(visitor, f"/matrix/{WIDE}/changes?since={number}")
    assert "Example Staying Now takes people from here, or more of them Fenland" in wide


def test_a_state_that_moved_is_told_with_both_its_states(listings: Importer, visitor: FlaskClient) -> None:
    listings(make_row(id=1, modes="in-person"))
    number = number_of_today(visitor)
    assert "0 changes of state" in words(visitor, f"/matrix/{HERE}/changes?since={number}")
    listings(make_row(id=1, modes="in-person;remote"))
    said = words(visitor, f"/matrix/{HERE}/changes?since={number}")
    assert "1 change of state" in said
    assert re.search(r"G4\.6 \S.* By phone or online \? Not known ◐ Partly available", said)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/snapshots/1/matrix/nowhere", 404),
        ("/snapshots/999/matrix/E06000031", 404),
        ("/snapshots/99999999999999999999/matrix/E06000031", 404),
        ("/snapshots/-1/matrix/E06000031.csv", 404),
        ("/snapshots?before=x", 400),
        ("/snapshots?before=0", 400),
        ("/snapshots?before=99999999999999999999", 400),
        ("/snapshots?before=%D9%A1", 400),
        ("/matrix/E06000031/changes?since=abc", 400),
        ("/matrix/E06000031/changes?since=999", 404),
        ("/matrix/nowhere/changes", 404),
        ("/matrix/nowhere.csv", 404),
        ("/matrix/..xlsx", 404),
        ("/matrix/E06000031/compare?with=everybody", 400),
        ("/matrix/E06000031/compare?with=within", 400),
        ("/matrix/E12000006/compare?with=region", 400),
        ("/matrix/E06000031/compare?measure=beauty", 400),
        ("/matrix/E06000031/compare/map?measure=beauty", 400),
        ("/matrix/nowhere/compare.csv", 404),
    ],
)
def test_a_wrong_address_gets_a_clear_answer(visitor: FlaskClient, path: str, status: int) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_without_snapshots_the_pages_say_so(visitor: FlaskClient) -> None:
    assert "There is no snapshot here yet" in words(visitor, "/snapshots")
    assert "no snapshot to compare today with" in words(visitor, f"/matrix/{HERE}/changes")
