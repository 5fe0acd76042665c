"""A listings file, row by row: never held in memory as a whole; each way it can be broken has an answer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from directory.actions.listing_row import COLUMN_NAMES
from directory.actions.problem import FileRefused, Problem, shown

LINE_BYTES_MAX = 1_000_000
PROBLEMS_COLUMN = "problems"
"""The extra column of a file of refused rows. It is passed over: once mended, the file can be imported."""

_SAVE_AS = "Save the file as ‘CSV UTF-8 (comma delimited)’ and import it again."


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row as it stands. texts: column → cell. problem: set unless it has one cell for each column."""

    line: int
    texts: dict[str, str]
    problem: Problem | None = None


def read_rows(path: Path, progress: Callable[[int], None] = lambda _bytes: None) -> Iterator[FileRow]:
    """The rows of a file, in order; blank lines are passed over.

    progress is called with bytes read since the last call. Raises FileRefused when
    the file, or the rest of it, cannot be read.
    """
    with path.open("rb") as file:
        reader = csv.reader(_lines(file, progress), strict=True)
        header: list[str] | None = None
        while True:
            line = reader.line_num + 1
            try:
                found = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                raise _refused(
                    line,
                    f"The row cannot be read ({error}). Nothing below this line has been checked.",
                    'A quotation mark in a cell is written twice, and the cell put between two more: "…".',
                ) from None
            if not any(cell.strip() for cell in found):
                continue
            if header is None:
                header = _header(found, line)
                continue
            yield _row(header, found, line)
        if header is None:
            raise _refused(
                1, "The file is empty.", f"Its first line names the columns: {', '.join(COLUMN_NAMES)}."
            )


def _lines(file: BinaryIO, progress: Callable[[int], None]) -> Iterator[str]:
    first = True
    number = 0
    while raw := file.readline(LINE_BYTES_MAX + 1):
        number += 1
        progress(len(raw))
        if first and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _refused(1, "The file is saved as UTF-16 text.", _SAVE_AS)
        if len(raw) > LINE_BYTES_MAX:
            raise _refused(
                number, f"The line is longer than {LINE_BYTES_MAX:,} bytes.", "Is this a CSV file?"
            )
        if b"\x00" in raw:
            raise _refused(number, "The line holds a NUL byte, which no text has.", "Is this a CSV file?")
        try:
            line = raw.decode("utf-8-sig" if first else "utf-8")
        except UnicodeDecodeError as error:
            raise _not_utf8(number, raw, error) from None
        first = False
        yield line


def _not_utf8(number: int, raw: bytes, error: UnicodeDecodeError) -> FileRefused:
    meant = raw[max(0, error.start - 15) : error.end + 15].decode("cp1252", "replace").strip()
    return _refused(
        number,
        f"The file is not UTF-8; it seems to be Windows-1252, as spreadsheets save it (near {shown(meant)}).",
        _SAVE_AS,
    )


def _refused(line: int, what: str, remedy: str, column: str = "", value: str = "") -> FileRefused:
    return FileRefused(Problem(line, column, value, what, remedy))


def _header(found: list[str], line: int) -> list[str]:
    """The names of the columns. Raises FileRefused with all that are missing, unknown or doubled."""
    names = [name.strip().casefold() for name in found]
    if len(names) == 1:
        for mark, word in ((";", "semicolons"), ("\t", "tabs")):
            if mark in names[0]:
                raise _refused(
                    line, f"The columns are divided by {word}.", "Save the file with commas between cells."
                )
    missing = [name for name in COLUMN_NAMES if name not in names]
    unknown = [name for name in names if name not in COLUMN_NAMES and name != PROBLEMS_COLUMN]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if not (missing or unknown or doubled):
        return names
    what = []
    if missing:
        what.append(f"These columns are missing: {', '.join(missing)}.")
    if unknown:
        what.append(f"These columns are not ours: {', '.join(shown(name) for name in unknown)}.")
    if doubled:
        what.append(f"These columns stand there twice: {', '.join(shown(name) for name in doubled)}.")
    near = [
        f"{match[0]} for {shown(name)}"
        for name in unknown
        if (match := get_close_matches(name, missing, n=1))
    ]
    remedy = (
        f"Did you mean {'; '.join(near)}?"
        if near
        else "`flask listings export` writes a file with the right ones."
    )
    raise _refused(line, " ".join(what), remedy)


def _row(header: list[str], found: list[str], line: int) -> FileRow:
    texts = dict(zip(header, found, strict=False))
    texts.pop(PROBLEMS_COLUMN, None)
    if len(found) == len(header):
        return FileRow(line, texts)
    over = found[len(header) :]
    what = f"The row has {len(found)} cells, the header {len(header)}."
    if over:
        what += f" Left over: {', '.join(shown(cell) for cell in over[:5])}."
    remedy = "A comma inside a cell needs quotation marks around the cell."
    return FileRow(line, texts, Problem(line, "", "", what, remedy))
