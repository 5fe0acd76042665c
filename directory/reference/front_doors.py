"""Where to report a concern about a child, council by council. From data/front_doors.csv.

Every children's services authority has a row. Where no number could be sourced, or
only an old page showed one, the number is blank: a wrong number does more harm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.dates import read_day, read_rough_date
from directory.reference.files import DATA, Row, read_rows, split
from directory.reference.hours import check
from directory.reference.telephones import is_number


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """One authority's way in.

    utla_code: the children's services authority (a county, or a unitary authority).
    telephone, out_of_hours: numbers; blank = we do not hold one.
    hours, out_of_hours_hours: OpenStreetMap notation; blank = not known exactly.
    hours_in_words: what the source said of hours.
    page_url: the page to look on, or blank.
    source_note: what was read and by whom; for those who check, not for visitors.
    confidence: 'high', 'medium', 'low' (its numbers are left out) or blank (no number seen).
    """

    utla_code: str
    name: str
    telephone: str
    telephone_note: str
    hours: str
    out_of_hours: str
    out_of_hours_note: str
    out_of_hours_hours: str
    hours_in_words: str
    page_url: str
    source_urls: tuple[str, ...]
    source_note: str
    source_date: str
    seen_on: date
    confidence: str


def read_front_doors(path: Path, utla_codes: Collection[str]) -> Mapping[str, FrontDoor]:
    """UTLA code → front door. `utla_codes`: every authority there is. Raises BadDataFile."""
    columns = (
        "utla_code",
        "name",
        "telephone",
        "telephone_note",
        "hours",
        "out_of_hours",
        "out_of_hours_note",
        "out_of_hours_hours",
        "hours_in_words",
        "page_url",
        "source_url",
        "source_note",
        "source_date",
        "seen_on",
        "confidence",
    )
    found: dict[str, FrontDoor] = {}
    for row in read_rows(path, columns):
        code = row.needed("utla_code")
        if code not in utla_codes:
            raise row.wrong("utla_code", "There is no such authority in areas.csv.")
        if code in found:
            raise row.wrong("utla_code", "This authority is there already.")
        found[code] = _read_door(row)
    return MappingProxyType(found)


def _read_door(row: Row) -> FrontDoor:
    for column in ("telephone", "out_of_hours"):
        if row[column] and not is_number(row[column]):
            raise row.wrong(column, "This is no telephone number of the United Kingdom.")
        if row[column] and row["confidence"] not in ("high", "medium"):
            raise row.wrong(column, "A number of low confidence must be left out.")
    for column in ("hours", "out_of_hours_hours"):
        try:
            if row[column]:
                check(row[column])
        except ValueError as error:
            raise row.wrong(column, str(error)) from error
    return FrontDoor(
        utla_code=row["utla_code"],
        name=row.needed("name"),
        telephone=row["telephone"],
        telephone_note=row["telephone_note"],
        hours=row["hours"],
        out_of_hours=row["out_of_hours"],
        out_of_hours_note=row["out_of_hours_note"],
        out_of_hours_hours=row["out_of_hours_hours"],
        hours_in_words=row["hours_in_words"],
        page_url=row["page_url"],
        source_urls=split(row["source_url"], " ; "),
        source_note=row["source_note"],
        source_date=read_rough_date(row, "source_date"),
        seen_on=read_day(row, "seen_on"),
        confidence=row.one_of("confidence", ("high", "medium", "low", "")),
    )


@cache
def front_doors() -> Mapping[str, FrontDoor]:
    """Every row of data/front_doors.csv."""
    known = {row.needed("utla_code") for row in read_rows(DATA / "areas.csv", ("utla_code",))}
    return read_front_doors(DATA / "front_doors.csv", known)


def front_door(utla_code: str) -> FrontDoor | None:
    """The authority's front door, or None where there is no such authority."""
    return front_doors().get(utla_code)
