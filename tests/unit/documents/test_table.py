"""Tables to take away: types survive, heads stay, and no cell is ever run as a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from directory.documents.table import Source, Table, Value, to_csv, to_xlsx

MADE_ON = datetime(2026, 11, 26, tzinfo=UTC)
SOURCES = (Source("Services", "https://www.example.org/about/data", "2026-11-26"),)
DANGEROUS = (
    '=HYPERLINK("https://www.example.org","x")',
    "+441632960001",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",  # The wide form, which spreadsheets take for the narrow one.
    "'=1+1",
)


def table(*rows: tuple[Value, ...], title: str = "Grid", columns: tuple[str, ...] = ("A", "B")) -> Table:
    return Table(title, columns, rows)


def opened(*tables: Table) -> Workbook:
    return load_workbook(io.BytesIO(to_xlsx(tables, SOURCES, made_on=MADE_ON)))


def read_back(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(made).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_begins_like_a_formula(text: str) -> None:
    (_head, (cell, _number)) = read_back(table((text, 1)))
    assert cell == "'" + text


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    cell = opened(table((text, 1)))["Grid"]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value)[0] == "'"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "00123", "1e5", "TRUE", "2026-11-26"])
def test_words_that_look_like_something_else_stay_words(text: str) -> None:
    cell = opened(table((text, 1)))["Grid"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_head_that_begins_like_a_formula_is_made_harmless_too() -> None:
    made = table((1, 2), columns=("=A", "B"))
    assert read_back(made)[0] == ["'=A", "B"]
    assert opened(made)["Grid"]["A1"].value == "'=A"


def test_numbers_days_and_words_keep_their_types_in_a_workbook() -> None:
    sheet = opened(table((12, 0.25), (date(2026, 11, 26), "Not known"), (None, -3)))["Grid"]
    assert [cell.value for cell in sheet[2]] == [12, 0.25]
    assert sheet["A3"].value == datetime(2026, 11, 26)
    assert sheet["A3"].is_date and sheet["A3"].number_format == "yyyy-mm-dd"
    assert sheet["B3"].value == "Not known"
    assert sheet["A4"].value is None
    assert sheet["B4"].value == -3 and sheet["B4"].data_type == "n"


def test_csv_has_days_as_iso_numbers_plain_and_nothing_for_none() -> None:
    made = table((date(2026, 11, 26), None), (-3, 0.5))
    assert read_back(made)[1:] == [["2026-11-26", ""], ["-3", "0.5"]]
    assert to_csv(made).startswith("\ufeff") and to_csv(made).endswith("\r\n")


def test_heads_and_first_column_stay_in_view_and_are_printed_on_every_sheet() -> None:
    sheet = opened(table(("x", 1)))["Grid"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A1"].font.bold
    assert sheet.page_setup.orientation == "landscape"


def test_the_sources_are_the_last_sheet_with_what_where_and_when() -> None:
    book = opened(table(("x", 1)))
    assert book.sheetnames == ["Grid", "Sources"]
    assert [[cell.value for cell in row] for row in book["Sources"]] == [
        ["What", "Where from", "When"],
        ["Services", "https://www.example.org/about/data", "2026-11-26"],
    ]


def test_titles_are_such_as_excel_takes_and_each_its_own() -> None:
    names = opened(
        table(title="Support: [in person]/remote?"),
        table(title="x" * 40),
        table(title="X" * 40),
        table(title="'"),
        table(title="Sources"),
    ).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[3] == "Sheet"


def test_marks_that_no_workbook_may_hold_are_left_out_and_long_words_cut() -> None:
    sheet = opened(table(("a\x00b\x0bc", "x" * 40_000)))["Grid"]
    assert sheet["A2"].value == "abc"
    assert len(str(sheet["B2"].value)) == 32_767


def test_the_same_tables_give_the_same_bytes_whatever_the_clock_says() -> None:
    made = [to_xlsx([table(("x", 1))], SOURCES, made_on=MADE_ON) for _time in range(2)]
    assert made[0] == made[1]
    assert load_workbook(io.BytesIO(made[0])).properties.modified == datetime(2026, 11, 26)


def test_a_table_without_rows_has_its_heads() -> None:
    assert [cell.value for cell in opened(table())["Grid"][1]] == ["A", "B"]
