"""A listings file as somebody sends it back: CSV as spreadsheets save it, or a workbook. Nothing in it is ever run."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.actions.changes.sheet_cell import SheetCell
from directory.actions.problem import Problem
from directory.documents.upload_rows import (
    BYTES_MAX,
    MEGABYTE,
    ROWS_MAX,
    Row,
    column_names,
    head_of,
    not_too_many,
    refused,
)
from directory.documents.workbook_upload import read_workbook

_ZIP, _OLD_OR_LOCKED = b"PK", b"\xd0\xcf\x11\xe0"
_SEPARATORS = ",;\t"
_SAYS_SEPARATOR = re.compile(r"\ufeff?\"?sep=([,;\t])\"?\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UploadedRow:
    """One row as it stands. line: as the spreadsheet counts it. cells: column → cell."""

    line: int
    cells: dict[str, SheetCell]


@dataclass(frozen=True, slots=True)
class Upload:
    """problems: columns that are not read. missing: known columns that are not in the file, and stay as they are."""

    rows: tuple[UploadedRow, ...]
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]


def read_upload(content: bytes, columns: tuple[str, ...]) -> Upload:
    """The rows below the head. columns: those that are known. Raises FileRefused, in words, for any other file."""
    if len(content) > BYTES_MAX:
        raise refused(f"The file is larger than {BYTES_MAX // MEGABYTE} MB.", "Send fewer rows at a time.")
    if content.startswith(_OLD_OR_LOCKED):
        raise refused(
            "This workbook has a password, or is of an old kind (XLS).",
            "Save it without a password as a workbook (XLSX), or as CSV.",
        )
    sheets = read_workbook(content) if content.startswith(_ZIP) else [("", _csv(content))]
    found = [(title, rows, place) for title, rows in sheets if (place := head_of(rows)) is not None]
    if not found:
        is_empty = not any(rows for _title, rows in sheets)
        raise refused(
            "The file is empty." if is_empty else "The column ‘id’ is missing.",
            "Download your listings, and edit that file. Keep its first line as it is.",
        )
    if len(found) > 1:
        titles = ", ".join(f"‘{title[:31]}’" for title, _rows, _place in found)
        raise refused(f"More than one sheet holds listings: {titles}.", "Keep the one that you have edited.")
    _title, rows, place = found[0]
    if len(rows) - place - 1 > ROWS_MAX:
        not_too_many(len(rows) + ROWS_MAX, 0)
    return _below(rows[place], rows[place + 1 :], columns)


def _below(head: Row, rows: Sequence[Row], columns: tuple[str, ...]) -> Upload:
    names = column_names(head)
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise refused(
            f"These columns stand there twice: {', '.join(doubled)[:200]}.",
            "Keep one of each, and take the other out.",
        )
    return Upload(
        tuple(
            UploadedRow(
                row.line,
                {name: cell for name, cell in zip(names, row.cells, strict=False) if name in columns}
                # Blank cells at the end of a row are cut off; they are blank all the same.
                | dict.fromkeys((name for name in names[len(row.cells) :] if name in columns), SheetCell("")),
            )
            for row in rows
        ),
        tuple(_unknown(head.line, name, columns) for name in names if name and name not in columns),
        tuple(name for name in columns if name not in names),
    )


def _unknown(line: int, name: str, columns: tuple[str, ...]) -> Problem:
    near = difflib.get_close_matches(name, columns, 1, 0.75)
    remedy = f"If it is the column ‘{near[0]}’, give it that name again. " if near else ""
    return Problem(
        line,
        name[:40],
        "",
        "No column of this name is known here, so nothing in it is read.",
        f"{remedy}If it is a note of your own, you can leave it.",
    )


def _csv(content: bytes) -> list[Row]:
    text = _decoded(content)
    if "\x00" in text:
        raise refused("This is not a CSV file.", "Save it as CSV or as a workbook (XLSX).")
    mark, text, first = _separator(text)
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for line, cells in enumerate(reader, start=first):
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                found.append(Row(line, tuple(map(SheetCell, cells))))
            not_too_many(len(found), len(cells))
    except csv.Error as error:
        raise refused(
            f"Line {reader.line_num} cannot be read ({error}).", "Save the file again as CSV."
        ) from None
    return found


def _separator(text: str) -> tuple[str, str, int]:
    """(what stands between the cells, the text below a line that says so, the number of its first line)."""
    if found := _SAYS_SEPARATOR.match(text):
        return found[1], text[found.end() :], 2
    # The head has no cell with a separator in it, and more separators than any title above it.
    lines = text[:20_000].splitlines()[:20]
    most = max(lines, key=lambda line: max(map(line.count, _SEPARATORS)), default="")
    head = next(
        (line for line in lines if re.search(r"(?:^|[,;\t])\s*\"?id\"?\s*(?:[,;\t]|$)", line.casefold())),
        most,
    )
    return max(_SEPARATORS, key=head.count), text, 1


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as its first bytes say; else Windows-1252, in which Excel saves plain CSV."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
