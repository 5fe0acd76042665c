"""The named areas that ship: sets of authorities that plan together. From data/named_areas.csv.

Others are recorded by command, in the database.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.reference.dates import read_day
from directory.reference.files import read_rows

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a named area's code looks like: short words with hyphens, so that it is never taken for an ONS code."""


@dataclass(frozen=True, slots=True)
class NamedAreaRead:
    """One line of the file. members: LAD codes. starts_on, ends_on: None is open."""

    code: str
    name: str
    members: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    source: str


def read_named_areas(path: Path, authorities: Collection[str]) -> tuple[NamedAreaRead, ...]:
    """The named areas of a file, in its order. Raises BadDataFile."""
    found: dict[str, NamedAreaRead] = {}
    for row in read_rows(path, ("code", "name", "members", "starts_on", "ends_on", "source")):
        code = row.needed("code")
        if not CODE.fullmatch(code):
            raise row.wrong("code", "Use small letters, numbers and hyphens, beginning with a letter.")
        if code in found:
            raise row.wrong("code", "This area is there already.")
        members = row.parts("members")
        if not members or not set(members) <= set(authorities):
            raise row.wrong("members", "Name one or more authorities by their ONS codes, as in areas.csv.")
        starts_on = read_day(row, "starts_on") if row["starts_on"] else None
        ends_on = read_day(row, "ends_on") if row["ends_on"] else None
        if starts_on and ends_on and ends_on < starts_on:
            raise row.wrong("ends_on", "It cannot end before it starts.")
        found[code] = NamedAreaRead(
            code, row.needed("name"), members, starts_on, ends_on, row.needed("source")
        )
    return tuple(found.values())
