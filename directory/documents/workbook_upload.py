"""A workbook that somebody sends: looked over before any of it is unpacked, then read cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

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
_LINES_MAX = ROWS_MAX + 1_000
"""So many lines are looked at: rows with empty ones among them. What stands below is refused, not forgotten."""

_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii"})
_CHUNK = 256 * 1024
_DOCTYPE = b"<!DOCTYPE"
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
                _plain_xml(part)


def _plain_xml(part: Any) -> None:
    """Refuse a part that may define entities, wherever that stands, and one in letters in which it could hide."""
    chunk = part.read(_CHUNK)
    start = chunk.removeprefix(b"\xef\xbb\xbf").lstrip()
    said = _ENCODING.match(start)
    if (start and not start.startswith(b"<")) or b"\x00" in start[:200]:
        raise refused(*_STRANGE)
    if said and said[1].lower() not in _ENCODINGS:
        raise refused(*_STRANGE)
    end = b""
    while chunk:
        if _DOCTYPE in end + chunk.upper():
            raise refused(*_STRANGE)
        end = chunk[-len(_DOCTYPE) :].upper()
        chunk = part.read(_CHUNK)


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
    for line, row in enumerate(sheet.iter_rows(max_row=_LINES_MAX + 1, max_col=COLUMNS_MAX + 1), start=1):
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
