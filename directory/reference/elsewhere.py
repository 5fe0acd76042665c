"""Whom to call in the nations and islands that we do not cover. From data/elsewhere.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from directory.reference.files import DATA, read_rows
from directory.reference.hours import check

NATIONS = frozenset({"scotland", "northern-ireland", "channel-islands", "isle-of-man"})


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """One number outside England and Wales. telephone, hours: '' is not known."""

    nation: str
    who_for: str
    name: str
    telephone: str
    hours: str
    note: str


@cache
def elsewhere(nation: str) -> tuple[ElsewhereLine, ...]:
    """The lines we hold for a nation; none is an honest answer. Raises BadDataFile."""
    found = []
    for row in read_rows(
        DATA / "elsewhere.csv",
        ("nation", "who_for", "name", "telephone", "hours", "note", "source_url", "seen_on"),
    ):
        if row["hours"]:
            check(row["hours"])
        line = ElsewhereLine(
            row.one_of("nation", NATIONS),
            row.needed("who_for"),
            row.needed("name"),
            row["telephone"],
            row["hours"],
            row["note"],
        )
        row.needed("source_url")
        row.needed("seen_on")
        if line.nation == nation:
            found.append(line)
    return tuple(found)
