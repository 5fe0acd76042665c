"""The doors of the first page: what has happened, in the words people tap. From data/doors.csv.

A door's code is all that stands in an address, and says nothing. Where the first steps
behind a door are from stands in data/door_sources.csv.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.dates import read_day, read_rough_date
from directory.reference.files import DATA, read_rows
from directory.reference.groups import groups, shown_as
from directory.reference.help_lines import help_lines

KINDS = ("person", "way", "work")
"""For somebody it has happened to or who fears it; a way to get help; somebody's work."""

_CODE = re.compile("[a-z]")
_PATH = re.compile(r"/[a-z/-]*")


@dataclass(frozen=True, slots=True)
class Door:
    """One door.

    code: one letter, which stands in the address. kind: one of KINDS.
    says: the words people tap. who_for: whom it is for, in a sentence.
    groups: those of the nine (G1 … G9) that stand behind it; none for work.
    lines: codes of data/help_lines.csv, the most fitting first.
    leads_to: the path of the page its first steps end at; '' is the finder.
    """

    code: str
    kind: str
    says: str
    who_for: str
    groups: tuple[str, ...]
    lines: tuple[str, ...]
    leads_to: str

    @property
    def shown_groups(self) -> frozenset[str]:
        """Those of the six shown groups that stand behind it."""
        return shown_as(self.groups)


@dataclass(frozen=True, slots=True)
class DoorSource:
    """Where something that first steps say is from. `about`: what it says. source_date: '' is none."""

    doors: tuple[str, ...]
    about: str
    name: str
    url: str
    source_date: str
    seen_on: date


def read_doors(path: Path, group_codes: Collection[str], line_codes: Collection[str]) -> Mapping[str, Door]:
    """Code → door, in the order to show them. Raises BadDataFile."""
    found: dict[str, Door] = {}
    for row in read_rows(path, ("code", "kind", "says", "who_for", "groups", "lines", "leads_to")):
        code = row.needed("code")
        if not _CODE.fullmatch(code) or code in found:
            raise row.wrong("code", "Write one small letter that no other door has.")
        for column, known in (("groups", group_codes), ("lines", line_codes)):
            if strange := [each for each in row.parts(column) if each not in known]:
                raise row.wrong(column, f"There is no {strange[0]!r}.")
        kind = row.one_of("kind", KINDS)
        if (kind == "person") != bool(row.parts("groups")):
            raise row.wrong("groups", "A door for a person has groups behind it, and no other has.")
        if row["leads_to"] and not _PATH.fullmatch(row["leads_to"]):
            raise row.wrong("leads_to", "Write a path of this site, or leave it blank.")
        found[code] = Door(
            code,
            kind,
            row.needed("says"),
            row.needed("who_for"),
            row.parts("groups"),
            row.parts("lines"),
            row["leads_to"],
        )
    return MappingProxyType(found)


def read_door_sources(path: Path, door_codes: Collection[str]) -> tuple[DoorSource, ...]:
    """The sources in the file's order. Raises BadDataFile."""
    found = []
    for row in read_rows(path, ("doors", "about", "source_name", "source_url", "source_date", "seen_on")):
        codes = row.parts("doors")
        if not codes or any(code not in door_codes for code in codes):
            raise row.wrong("doors", f"Use codes of: {', '.join(door_codes)}.")
        if not row["source_url"].startswith(("https://", "http://")):
            raise row.wrong("source_url", "Write the whole address, with https://.")
        found.append(
            DoorSource(
                codes,
                row.needed("about"),
                row.needed("source_name"),
                row["source_url"],
                read_rough_date(row, "source_date"),
                read_day(row, "seen_on"),
            )
        )
    return tuple(found)


@cache
def doors() -> Mapping[str, Door]:
    """Every door of data/doors.csv."""
    return read_doors(DATA / "doors.csv", groups(), {line.code for line in help_lines()})


@cache
def _door_sources() -> tuple[DoorSource, ...]:
    return read_door_sources(DATA / "door_sources.csv", doors())


def door_sources(code: str) -> tuple[DoorSource, ...]:
    """Where the first steps behind one door are from."""
    return tuple(source for source in _door_sources() if code in source.doors)
