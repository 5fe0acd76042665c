"""A table to take away, with where its figures are from; written as CSV, or as one sheet of a workbook.

Values keep their types: whole numbers, decimals, days and words. A cell that a
spreadsheet would run as a formula is made harmless.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from directory.actions.cells import wrapped

Value = str | int | float | date | None
"""None is an empty cell: *not known* is written in words."""

_TITLE_LENGTH_MAX = 31  # Excel's own limit for the name of a sheet.
_NOT_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDTH_MAX = 60
_TEXT_LENGTH_MAX = 32_767  # Excel's own limit for a cell.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. rows: as many values each as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure of a document is from: what, by whom or at which address, and when."""

    what: str
    where: str
    when: str


def to_csv(table: Table) -> str:
    """The table alone, UTF-8 text with a byte order mark so that Excel reads it as such; lines end with CR LF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([wrapped(name) for name in table.columns])
    for row in table.rows:
        writer.writerow([_as_text(value) for value in row])
    return "\ufeff" + written.getvalue()


def to_xlsx(tables: Sequence[Table], sources: Sequence[Source], *, made_on: datetime) -> bytes:
    """A workbook: one sheet for each table, then the sources. Heads stay in view; there are no formulas.

    The same tables, sources and day give the same bytes.
    """
    book: Any = Workbook(write_only=True)
    book.properties.creator = "Support Directory"
    book.properties.created = made_on.replace(tzinfo=None, microsecond=0)
    titles: set[str] = set()
    listed = Table(
        "Sources", ("What", "Where from", "When"), tuple((one.what, one.where, one.when) for one in sources)
    )
    for table in (*tables, listed):
        _sheet(book, table, _title(table.title, titles))
    written = io.BytesIO()
    book.save(written)
    return _without_the_clock(written, book.properties.created)


def _without_the_clock(book: io.BytesIO, made_on: datetime) -> bytes:
    """The workbook with the day it is about where openpyxl and the archive put the time of writing."""
    stamp = made_on.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    again = io.BytesIO()
    with zipfile.ZipFile(book) as found, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            content = found.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            made.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return again.getvalue()


def _as_text(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return wrapped(value) if isinstance(value, str) else value


def _title(title: str, taken: set[str]) -> str:
    base = title.translate(_NOT_IN_TITLE).strip(" '")[:_TITLE_LENGTH_MAX] or "Sheet"
    name, number = base, 2
    while name.casefold() in taken:
        name = f"{base[: _TITLE_LENGTH_MAX - 4]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


def _sheet(book: Any, table: Table, title: str) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for place, name in enumerate(table.columns):
        longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
        width = min(_WIDTH_MAX, max(len(name), longest) + 2)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    head = WriteOnlyCell(sheet)
    head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    words = WriteOnlyCell(sheet)
    words.alignment = Alignment(wrap_text=True, vertical="top")
    other = WriteOnlyCell(sheet)
    other.alignment = Alignment(vertical="top")
    days = WriteOnlyCell(sheet)
    days.alignment, days.number_format = Alignment(vertical="top"), "yyyy-mm-dd"
    sheet.append([_cell(sheet, name, head) for name in table.columns])
    for row in table.rows:
        sheet.append(
            [
                None
                if value is None
                else _cell(sheet, value, words)
                if isinstance(value, str)
                else _cell(sheet, value, days if isinstance(value, date) else other)
                for value in row
            ]
        )


def _cell(sheet: Any, value: Value, like: Any) -> Any:
    """A cell in the style of another: to work out the same style for each would take most of the time."""
    written: Any = _kept(value) if isinstance(value, str) else value
    cell: Any = WriteOnlyCell(sheet, written)
    if isinstance(value, str):
        # Words are words, even where they begin like a formula, name an error or look like a number.
        cell.data_type = "s"
    cell._style = like._style
    return cell


def _kept(text: str) -> str:
    """The text, harmless, without marks that no workbook may hold, and no longer than a cell may be."""
    return wrapped(ILLEGAL_CHARACTERS_RE.sub("", text))[:_TEXT_LENGTH_MAX]
