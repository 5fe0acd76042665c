"""Dates as the tables write them: a day, or as much of one as the source tells."""

from __future__ import annotations

import re
from datetime import date

from directory.reference.files import Row

_ROUGH = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def is_rough_date(text: str) -> bool:
    """Whether the text is YYYY, YYYY-MM or YYYY-MM-DD and there is such a day."""
    match = _ROUGH.fullmatch(text)
    if match is None:
        return False
    year, month, day = match.groups(default="01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def read_rough_date(row: Row, column: str) -> str:
    """The cell: YYYY, YYYY-MM, YYYY-MM-DD or blank. Raises BadDataFile."""
    if row[column] and not is_rough_date(row[column]):
        raise row.wrong(column, "Write YYYY, YYYY-MM or YYYY-MM-DD, or leave it blank.")
    return row[column]


def read_day(row: Row, column: str) -> date:
    """The cell, a whole date. Raises BadDataFile."""
    try:
        return date.fromisoformat(row.needed(column))
    except ValueError as error:
        raise row.wrong(column, "Write the date as YYYY-MM-DD.") from error
