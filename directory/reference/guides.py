"""Published guides to read elsewhere: links beside the matching door and group, never copies. From data/guides.csv."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from directory.reference.dates import read_day, read_rough_date
from directory.reference.doors import doors
from directory.reference.files import DATA, read_rows
from directory.reference.groups import groups, shown_as


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide.

    url: its own page, or the publisher's list of guides where is_list is true.
    groups: those of the nine (G1 … G9) it is about. doors: codes of data/doors.csv.
    source_date: the guide's date as its source bears it; '' is none.
    seen_on: the day on which the address was seen in a stored copy of a page.
    note: for those who check, not for visitors.
    """

    code: str
    name: str
    publisher: str
    about: str
    url: str
    is_list: bool
    groups: tuple[str, ...]
    doors: tuple[str, ...]
    source_date: str
    seen_on: date
    note: str


def read_guides(path: Path, group_codes: Collection[str], door_codes: Collection[str]) -> tuple[Guide, ...]:
    """The guides in the order to show them. Raises BadDataFile."""
    columns = (
        "code",
        "name",
        "publisher",
        "about",
        "url",
        "leads_to",
        "groups",
        "doors",
        "source_date",
        "seen_on",
        "note",
    )
    found: dict[str, Guide] = {}
    for row in read_rows(path, columns):
        code = row.needed("code")
        if code in found:
            raise row.wrong("code", "This guide is there already.")
        for column, known in (("groups", group_codes), ("doors", door_codes)):
            if strange := [each for each in row.parts(column) if each not in known]:
                raise row.wrong(column, f"There is no {strange[0]!r}.")
        if not row["url"].startswith(("https://", "http://")):
            raise row.wrong("url", "Write the whole address, with https://.")
        found[code] = Guide(
            code,
            row.needed("name"),
            row.needed("publisher"),
            row.needed("about"),
            row["url"],
            row.one_of("leads_to", ("guide", "list")) == "list",
            row.parts("groups"),
            row.parts("doors"),
            read_rough_date(row, "source_date"),
            read_day(row, "seen_on"),
            row["note"],
        )
    return tuple(found.values())


@cache
def guides() -> tuple[Guide, ...]:
    """Every guide of data/guides.csv."""
    return read_guides(DATA / "guides.csv", groups(), doors())


def guides_of_door(code: str) -> tuple[Guide, ...]:
    """The guides beside one door."""
    return tuple(guide for guide in guides() if code in guide.doors)


def guides_of_groups(shown: Collection[str]) -> tuple[Guide, ...]:
    """The guides beside results for some of the six shown groups."""
    return tuple(guide for guide in guides() if shown_as(guide.groups) & set(shown))
