"""A workbook that somebody sends: looked over before any of it is unpacked, then read cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.parsers import expat

from openpyxl import load_workbook

from directory.actions.changes.sheet_cell import SheetCell
from directory.actions.problem import FileRefused
from directory.documents.upload_rows import (
    COLUMNS_MAX,
    HEAD_WITHIN,
    MEGABYTE,
    ROWS_MAX,
    Row,
    head_of,
    not_too_many,
    refused,
)

UNZIPPED_MAX = 40 * MEGABYTE
PARTS_MAX = 200
SHEETS_MAX = 20
ELEMENTS_MAX, OF_ROW_MAX, OF_PART_MAX = 1_200_000, 10_000, 50_000
"""XML elements of the whole workbook, of one row or what follows it, and of a part that holds neither rows nor words.
Each filled cell of 5,000 rows has about four."""
_LINES_MAX = ROWS_MAX + 1_000
"""So many lines are looked at: rows with empty ones among them. What stands below is refused, not forgotten."""

_CHUNK = 256 * 1024
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_STRANGE = ("The workbook is not one that a spreadsheet writes.", "Save it again as a workbook (XLSX).")


def read_workbook(content: bytes) -> list[tuple[str, list[Row]]]:
    """(title, rows that hold anything) of each sheet; of one without a head only the rows where it would be.

    Raises FileRefused for anything else than a plain workbook.
    """
    wrong = refused("This workbook cannot be read.", "Save it again as a workbook (XLSX), or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _harmless(parts)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(book.worksheets) > SHEETS_MAX:
            raise refused(
                f"The workbook has more than {SHEETS_MAX} sheets.", "Keep the one with your listings."
            )
        return [(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except FileRefused:
        raise
    except Exception:  # openpyxl raises whatever a broken part makes it raise.
        raise wrong from None


def _harmless(parts: zipfile.ZipFile) -> None:
    """Refuse what no listings file holds, before any of it is unpacked. A part cannot unpack to more than it says."""
    infos = parts.infolist()
    if len(infos) > PARTS_MAX or sum(info.file_size for info in infos) > UNZIPPED_MAX:
        raise refused(
            f"The workbook unpacks to more than {UNZIPPED_MAX // MEGABYTE} MB.",
            "Copy your rows into the file you downloaded.",
        )
    budget = ELEMENTS_MAX
    for info in infos:
        name = info.filename.casefold()
        if "vbaproject" in name or "macrosheets" in name:
            raise refused("The workbook holds macros.", "Save it as a plain workbook (XLSX).")
        if "externallink" in name:
            raise refused("The workbook links to another file.", "Copy the values, and take the links out.")
        if info.flag_bits & 1:
            raise refused("The workbook has a password.", "Save it without one.")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise refused(*_STRANGE)
        if name == "mimetype" or name == "content.xml":
            raise refused("This is an OpenDocument file.", "Save it as a workbook (XLSX), or as CSV.")
        if name.endswith((".xml", ".rels", ".vml")):
            with parts.open(info) as part:
                budget = _Elements(budget).read(part)


@dataclass(slots=True)
class _Elements:
    """Counts the elements of a part before a tree is made of them: forty megabytes of '<c/>' become a gigabyte.

    left: how many the whole workbook may still have.
    """

    left: int
    of_row: int = 0
    of_part: int = 0
    may_be_many: bool = False

    def read(self, part: IO[bytes]) -> int:
        """What is left after it. Raises FileRefused; ExpatError for what is no XML, or in letters nobody uses."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._element
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return self.left

    def _doctype(self, *_what: object) -> None:
        # With one, a few letters may be said to stand for a billion.
        raise refused(*_STRANGE)

    def _element(self, name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        if not self.of_part:
            self.may_be_many = local in {"worksheet", "sst"}
        self.of_part += 1
        self.left -= 1
        self.of_row = 0 if local in {"row", "si"} else self.of_row + 1
        if self.left < 0 or self.of_row > OF_ROW_MAX or (self.of_part > OF_PART_MAX and not self.may_be_many):
            raise refused(
                f"The workbook holds more than {ROWS_MAX:,} rows of {COLUMNS_MAX} cells.",
                "Copy your rows into the file you downloaded.",
            )


def _rows(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()
    found: list[Row] = []
    for row in _lines(sheet):
        found.append(row)
        if len(found) == HEAD_WITHIN and head_of(found) is None:
            break
        not_too_many(len(found), len(row.cells))
    return found


def _lines(sheet: Any) -> Iterator[Row]:
    last = None
    for line, row in enumerate(sheet.iter_rows(max_col=COLUMNS_MAX + 1), start=1):
        if row is last:  # openpyxl gives the very same row for each of a million that are not there.
            continue
        last = row
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].text.strip():
            cells.pop()
        if not cells:
            continue
        if line > _LINES_MAX:
            raise refused(f"Something stands below line {_LINES_MAX:,}.", "Take the empty lines out.")
        yield Row(line, cells)


_BLANK = SheetCell("")
_KINDS = {"f": "formula", "e": "error"}


def _cell(cell: Any) -> SheetCell:
    value = cell.value
    if value is None:
        return _BLANK
    if cell.data_type in _KINDS:
        return SheetCell(str(value)[:40], _KINDS[cell.data_type])
    if isinstance(value, bool):
        return SheetCell("TRUE" if value else "FALSE", "truth")
    if isinstance(value, int | float):
        return SheetCell(str(int(value)) if value == int(value) else str(value), "number")
    if isinstance(value, date):
        return SheetCell(_as_shown(value, cell.number_format), "day")
    if isinstance(value, time | timedelta):
        return SheetCell(str(value), "time")
    return SheetCell(str(value))


def _as_shown(value: date, number_format: str) -> str:
    """A day as exactly as the cell shows it: 'Nov-25' says no day, and 2025 no month."""
    day = value.date() if isinstance(value, datetime) else value
    marks = _QUOTED.sub("", number_format).casefold()
    if "d" in marks:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in marks else f"{day:%Y}"
