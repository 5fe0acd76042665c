"""What both readers of a file of listings share: how large it may be, a row of it, its head, and a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.actions.changes.sheet_cell import SheetCell
from directory.actions.problem import FileRefused, Problem

MEGABYTE = 1024 * 1024
BYTES_MAX = 8 * MEGABYTE
ROWS_MAX = 5_000
COLUMNS_MAX = 100
HEAD_WITHIN = 10
"""The line with the names of the columns is among so many lines that hold anything."""


@dataclass(frozen=True, slots=True)
class Row:
    """line: as the spreadsheet counts it, from 1. cells: without the blank ones at the end; at least one."""

    line: int
    cells: Sequence[SheetCell]


def refused(what: str, remedy: str) -> FileRefused:
    """The whole file is not read: what is wrong with it, and what to do."""
    return FileRefused(Problem(1, "", "", what, remedy))


def not_too_many(rows: int, cells: int) -> None:
    """rows: with the head. Raises FileRefused."""
    if rows > ROWS_MAX + HEAD_WITHIN:
        raise refused(f"The file has more than {ROWS_MAX:,} rows.", "Send fewer rows at a time.")
    if cells > COLUMNS_MAX:
        raise refused(
            f"A row has more than {COLUMNS_MAX} cells.", "Keep the columns of the file you downloaded."
        )


def column_names(row: Row) -> list[str]:
    """The names in a head, whatever a person has done to their letters: 'Waiting weeks' is waiting_weeks."""
    return [re.sub(r"[\s\-]+", "_", cell.text.strip().casefold()) for cell in row.cells]


def head_of(rows: Sequence[Row]) -> int | None:
    """The place of the line with the names of the columns: the first with an 'id'. A title may stand over it."""
    return next(
        (place for place, row in enumerate(rows[:HEAD_WITHIN]) if "id" in column_names(row)),
        None,
    )
