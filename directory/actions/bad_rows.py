"""Rows that an import left out, in a file of their own, each with what is wrong with it."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Any

from directory.actions.cells import defused
from directory.actions.listing_file import PROBLEMS_COLUMN, FileRow
from directory.actions.listing_row import COLUMN_NAMES
from directory.actions.problem import Problem


class BadRows:
    """Written beside the imported file; put in place in one step, and only when there are bad rows.

    Once mended, the file can be imported as it is: the column `problems` is passed over.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: Any = None
        self._writer: Any = None

    def __enter__(self) -> BadRows:
        return self

    def add(self, row: FileRow, problems: list[Problem]) -> None:
        """One row. Cells that a spreadsheet would run as a formula get an apostrophe."""
        if self._path is None:
            return
        if self._file is None:
            self._open(self._path)
        cells = [defused(row.texts.get(name, "").strip()) for name in COLUMN_NAMES]
        self._writer.writerow([*cells, " ".join(str(problem) for problem in problems)])

    def discard(self) -> None:
        """Keep nothing of it."""
        if self._file is not None:
            self._file.close()
            os.unlink(self._file.name)
            self._file = None

    def __exit__(self, kind: type[BaseException] | None, _e: object, _t: TracebackType | None) -> None:
        if kind is not None:
            self.discard()
        if self._file is not None and self._path is not None:
            self._file.close()
            os.replace(self._file.name, self._path)

    def _open(self, path: Path) -> None:
        self._file = NamedTemporaryFile(  # noqa: SIM115
            "w",
            encoding="utf-8-sig",
            newline="",
            dir=path.parent,
            prefix=path.name,
            suffix=".part",
            delete=False,
        )
        self._writer = csv.writer(self._file)
        self._writer.writerow([*COLUMN_NAMES, PROBLEMS_COLUMN])
