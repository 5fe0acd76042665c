"""Reads the small tables that ship in data/, and says exactly where one of them is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.config import DATA as DATA
from directory.tables_of_day import table_text


class BadDataFile(ValueError):
    """A table in data/ holds something it must not: which file, line, column and value."""

    def __init__(self, path: Path, line: int, column: str, value: str, remedy: str) -> None:
        super().__init__(f"{path.name}, line {line}, column {column}: {value!r}. {remedy}")
        self.path, self.line, self.column, self.value, self.remedy = path, line, column, value, remedy


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column, stripped of spaces at either end."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def needed(self, column: str) -> str:
        """The cell, which must not be blank. Raises BadDataFile."""
        value = self.cells[column]
        if not value:
            raise self.wrong(column, "This must not be blank.")
        return value

    def one_of(self, column: str, allowed: Sequence[str] | frozenset[str]) -> str:
        """The cell, which must be one of `allowed`. Raises BadDataFile."""
        value = self.cells[column]
        if value not in allowed:
            raise self.wrong(column, f"Use one of: {', '.join(sorted(map(repr, allowed)))}.")
        return value

    def parts(self, column: str, separator: str = ";") -> tuple[str, ...]:
        """The cell's list, without blanks."""
        return split(self.cells[column], separator)

    def wrong(self, column: str, remedy: str) -> BadDataFile:
        """The error to raise about this cell."""
        return BadDataFile(self.path, self.line, column, self.cells.get(column, ""), remedy)


def split(text: str, separator: str = ";") -> tuple[str, ...]:
    """The parts of a list in a cell, stripped, without blanks."""
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The lines of a UTF-8 CSV file (BOM allowed). Raises BadDataFile when a column is missing.

    `line` is the number of the row's last physical line, as an editor shows it.
    """
    reader = csv.DictReader(io.StringIO(table_text(path), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise BadDataFile(path, 1, missing[0], "", f"The header must hold: {', '.join(columns)}.")
    for cells in reader:
        # DictReader puts cells beyond the header under None, and None in cells that are not there.
        odd = None in cells or None in cells.values()
        if odd:
            remedy = f"This line must have {len(reader.fieldnames or ())} cells."
            raise BadDataFile(path, reader.line_num, columns[0], str(cells.get(columns[0])), remedy)
        yield Row(path, reader.line_num, {name: value.strip() for name, value in cells.items()})
