"""Finds the words in data files that visitors read, so that they are translated with the rest.

A Babel extractor: babel.cfg names it, and the columns to read, for each file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import IO


def extract(
    file: IO[bytes], _keywords: Mapping[str, object], _comment_tags: Sequence[str], options: Mapping[str, str]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """(line, function, message, comments) for each cell with words in the columns of `options['columns']`.

    Raises ValueError when the file lacks one of the columns.
    """
    columns = options.get("columns", "label").split()
    rows = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""))
    missing = [column for column in columns if column not in (rows.fieldnames or ())]
    if missing:
        raise ValueError(f"The file has no column {', '.join(missing)}.")
    for row in rows:
        for column in columns:
            words = (row[column] or "").strip()
            if words:
                yield rows.line_num, "gettext", words, []
