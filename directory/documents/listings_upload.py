"""A listings file as somebody sends it back: CSV as spreadsheets save it, or a workbook. Nothing in it is ever run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from directory.actions.problem import FileRefused, Problem

BYTES_MAX = 2 * 1024 * 1024
UNZIPPED_MAX = 20 * 1024 * 1024
PARTS_MAX = 200
ROWS_MAX = 2_000
COLUMNS_MAX = 100
FORMULA = "\x00formula"
NUMBER = "\x00number"
"""Marks before a cell that is a formula, or a number where words belong; no text of a file can hold them."""


@dataclass(frozen=True, slots=True)
class UploadedRow:
    """One row as it stands. line: as the spreadsheet counts it. texts: column → cell."""

    line: int
    texts: dict[str, str]


def read_upload(content: bytes, columns: tuple[str, ...]) -> list[UploadedRow]:
    """The rows below the head. columns: those that are known. Raises FileRefused, in words, for any other file."""
    if len(content) > BYTES_MAX:
        raise _refused("The file is larger than 2 MB.", "Send fewer rows at a time.")
    rows = _workbook(content) if content.startswith(b"PK") else _csv(content)
    found = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not found:
        raise _refused("The file is empty.", "Download your listings, and edit that file.")
    (_line, head), *rest = found
    names = [name.strip().casefold() for name in head]
    while names and not names[-1]:
        names.pop()
    unknown = [name[:40] or "(blank)" for name in names if name not in columns]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if "id" not in names or unknown or doubled:
        what = "The column ‘id’ is missing." if "id" not in names else ""
        what += f" These columns are not known here: {', '.join(unknown)}." if unknown else ""
        what += f" These columns stand there twice: {', '.join(doubled)}." if doubled else ""
        raise _refused(what.strip(), "Keep the first line as it was in the file that you downloaded.")
    return [UploadedRow(line, dict(zip(names, cells, strict=False))) for line, cells in rest]


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(content)
    if "\x00" in text:
        raise _refused("This is not a CSV file.", "Save it as CSV or as a workbook (XLSX).")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            found.append((reader.line_num, cells))
            _not_too_many(len(found), len(cells))
    except csv.Error as error:
        raise _refused(
            f"Line {reader.line_num} cannot be read ({error}).", "Save the file again as CSV."
        ) from None
    return found


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as its first bytes say; else Windows-1252, in which Excel saves plain CSV."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _workbook(content: bytes) -> list[tuple[int, list[str]]]:
    wrong = _refused("This workbook cannot be read.", "Save it again as a workbook (XLSX), or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _harmless(parts)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return list(_cells(sheet))
    except FileRefused:
        raise
    except Exception:  # openpyxl raises whatever a broken part makes it raise.
        raise wrong from None


def _harmless(parts: zipfile.ZipFile) -> None:
    """Refuse what no listings file holds, before any of it is unpacked. A part cannot unpack to more than it says."""
    infos = parts.infolist()
    if len(infos) > PARTS_MAX or sum(info.file_size for info in infos) > UNZIPPED_MAX:
        raise _refused(
            "The workbook unpacks to more than 20 MB.", "Copy your rows into the file you downloaded."
        )
    for info in infos:
        name = info.filename.casefold()
        if "vbaproject" in name or "macrosheets" in name:
            raise _refused("The workbook holds macros.", "Save it as a plain workbook (XLSX).")
        if "externallink" in name:
            raise _refused("The workbook links to another file.", "Copy the values, and take the links out.")
        if info.flag_bits & 1:
            raise _refused("The workbook has a password.", "Save it without one.")
        with parts.open(info) as part:
            if b"<!DOCTYPE" in part.read(4_096).upper():
                raise _refused("The workbook is not one that a spreadsheet writes.", "Save it again as XLSX.")


def _cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(sheet.iter_rows(max_row=ROWS_MAX + 2, max_col=COLUMNS_MAX + 1), start=1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        _not_too_many(line if cells else 0, len(cells))
        yield line, cells


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return NUMBER + (str(int(value)) if value == int(value) else str(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _not_too_many(rows: int, cells: int) -> None:
    if rows > ROWS_MAX + 1:
        raise _refused(f"The file has more than {ROWS_MAX:,} rows.", "Send fewer rows at a time.")
    if cells > COLUMNS_MAX:
        raise _refused(
            f"A row has more than {COLUMNS_MAX} cells.", "Keep the columns of the file you downloaded."
        )


def _refused(what: str, remedy: str) -> FileRefused:
    return FileRefused(Problem(1, "", "", what, remedy))
