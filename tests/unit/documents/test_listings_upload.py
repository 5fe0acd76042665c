"""A file of listings in the shapes that people's programs give it."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from directory.actions.problem import FileRefused
from directory.documents.listings_upload import Upload, read_upload

COLUMNS = ("id", "name", "cost_note", "waiting_as_at", "contact_routes")
CSV = 'id,name,cost_note\r\n1,Caf\u00e9,\u00a35\r\n\r\n2,\u201cB\u201d,"two\r\nlines"\r\n,,\r\n'


def texts(upload: Upload) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, {name: cell.text for name, cell in row.cells.items()}) for row in upload.rows]


READ = [
    (2, {"id": "1", "name": "Caf\u00e9", "cost_note": "\u00a35"}),
    (4, {"id": "2", "name": "\u201cB\u201d", "cost_note": "two\r\nlines"}),
]


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("cp1252"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace("id,name,cost_note", "ID ,Name,Cost note").encode(),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "cp1252", "semicolons", "tabs", "head retyped"],
)
def test_a_csv_file_is_read_however_it_was_saved(content: bytes) -> None:
    """Lines are counted as a spreadsheet counts them: an empty one counts, a line end in a cell does not."""
    assert texts(read_upload(content, COLUMNS)) == READ


def test_a_line_that_names_the_separator_and_old_line_ends_are_read() -> None:
    upload = read_upload(b"sep=;\r\nid;name\r\n1;A\r\n", COLUMNS)
    assert texts(upload) == [(3, {"id": "1", "name": "A"})]
    assert texts(read_upload(b"id,name\r1,A\r", COLUMNS)) == [(2, {"id": "1", "name": "A"})]


def test_a_title_above_the_head_and_columns_in_another_order_are_understood() -> None:
    upload = read_upload(b"My listings of November\n\nname,id\nA,1\n", COLUMNS)
    assert texts(upload) == [(4, {"id": "1", "name": "A"})]
    assert upload.missing == ("cost_note", "waiting_as_at", "contact_routes")


def test_a_column_that_is_not_known_is_pointed_out_with_what_it_may_have_been() -> None:
    upload = read_upload(b"id,cost_notes,our own notes\n1,Free,x\n", COLUMNS)
    assert texts(upload) == [(2, {"id": "1"})]
    assert [(one.line, one.column) for one in upload.problems] == [(1, "cost_notes"), (1, "our_own_notes")]
    assert "‘cost_note’" in upload.problems[0].remedy and "a note of your own" in upload.problems[1].remedy


def test_blank_cells_that_a_program_cuts_off_at_the_end_of_a_row_are_blank() -> None:
    assert texts(read_upload(b"id,name,cost_note\n1,A\n", COLUMNS))[0][1]["cost_note"] == ""


def workbook(*sheets: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"Sheet {place + 1}")
        for row in rows:
            sheet.append(row)
    for cell, number_format in (formats or {}).items():
        book.worksheets[0][cell].number_format = number_format
    book.save(written)
    return written.getvalue()


def test_what_a_workbook_knows_of_its_cells_is_kept() -> None:
    row = [1, True, 1632960001, date(2025, 11, 1), time(9, 30)]
    upload = read_upload(workbook([list(COLUMNS), row]), COLUMNS)
    found = [(cell.text, cell.kind) for cell in upload.rows[0].cells.values()]
    assert found == [
        ("1", "number"), ("TRUE", "truth"), ("1632960001", "number"), ("2025-11-01", "day"), ("09:30:00", "time"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("mmm-yy", "2025-11"),
        ("yyyy", "2025"),
        ("dd/mm/yyyy", "2025-11-01"),
        ('[$-809]mmmm" of "yyyy', "2025-11"),
    ],
)
def test_a_day_is_taken_as_exactly_as_its_cell_shows_it(number_format: str, text: str) -> None:
    content = workbook([["id", "waiting_as_at"], [1, datetime(2025, 11, 1)]], formats={"B2": number_format})
    assert read_upload(content, COLUMNS).rows[0].cells["waiting_as_at"].text == text


def test_the_sheet_with_the_listings_is_found_under_a_title_wherever_it_stands() -> None:
    book = workbook([["Notes"]] * 20, [["My listings"], [], ["id", "name"], [1, "A"], [], []])
    assert texts(read_upload(book, COLUMNS)) == [(4, {"id": "1", "name": "A"})]


def test_two_sheets_of_listings_are_refused_since_nobody_knows_which_was_edited() -> None:
    with pytest.raises(FileRefused, match="More than one sheet holds listings"):
        read_upload(workbook([["id"], [1]], [["id"], [1]]), COLUMNS)


def test_rows_below_the_limit_are_refused_and_never_forgotten() -> None:
    with pytest.raises(FileRefused, match="more than 5,000 rows"):
        read_upload(b"id\n" + b"1\n" * 5_001, COLUMNS)
    assert len(read_upload(b"id\n" + b"1\n" * 5_000, COLUMNS).rows) == 5_000
