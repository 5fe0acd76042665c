"""One row of a listings file ↔ one frozen dataclass: the columns, and how each is read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from directory.actions import cells, lines
from directory.actions.cells import Tag
from directory.actions.lines import Evidence, Place
from directory.actions.problem import Problem, Refused
from directory.reference.routes import Route


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A service as a file says it; one field per column, of its name. '', None and () are 'not known'."""

    id: int | None
    organisation: str
    organisation_url: str
    name: str
    alternate_name: tuple[str, ...]
    description: str
    status: str
    listing: str
    listing_reason: str
    groups: tuple[Tag, ...]
    support_types: tuple[Tag, ...]
    source_groups: tuple[str, ...]
    source_types: tuple[str, ...]
    forms_of_abuse: tuple[str, ...]
    only_for: tuple[str, ...]
    adapted_for: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    age_note: str
    modes: tuple[str, ...]
    coverage: tuple[str, ...]
    coverage_note: str
    locations: tuple[Place, ...]
    confidential: bool | None
    confidential_reason: str
    contact_routes: tuple[Route, ...]
    url: str
    referral_routes: tuple[str, ...]
    referral_note: str
    free_to_person: bool | None
    cost_note: str
    languages: tuple[str, ...]
    interpreters: bool | None
    accessibility: tuple[str, ...]
    accepting_referrals: bool | None
    waiting_list: str
    waiting_weeks: int | None
    waiting_as_at: str
    waiting_note: str
    capacity_per_year: int | None
    sector: str
    advice_to_professionals: bool | None
    can_stay_anonymous: bool | None
    when_they_must_tell: str
    safe_contact: str
    before_you_call: str
    before_you_refer: str
    inclusion: tuple[str, ...]
    """(decision,) or (decision, profile)."""
    inclusion_evidence: tuple[Evidence, ...]
    source_name: str
    source_url: tuple[str, ...]
    source_note: str
    source_date: str
    seen_on: date | None
    confidence: str
    last_confirmed: date | None
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Column:
    """How a column's cells are read and written, and what stands for a blank one."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    blank: Any
    required: bool = False


def _inclusion(cell: str) -> tuple[str, ...]:
    decision, colon, profile = cell.partition(":")
    read = (cells.one_of("inclusion")(decision),)
    return (*read, cells.one_of("inclusion profile")(profile)) if colon else read


def _words(name: str, *, required: bool = False) -> Column:
    return Column(name, cells.text, str, "", required)


def _name(name: str, *, required: bool = False) -> Column:
    return Column(name, cells.name, str, "", required)


def _url(name: str) -> Column:
    return Column(name, cells.url, str, "")


def _code(name: str, vocabulary: str, *, required: bool = False) -> Column:
    return Column(name, cells.one_of(vocabulary), str, "", required)


def _codes(name: str, vocabulary: str) -> Column:
    return Column(name, cells.some_of(vocabulary), ";".join, ())


def _tags(name: str) -> Column:
    return Column(name, cells.tags(name), _write_tags, ())


def _write_tags(tags: tuple[Tag, ...]) -> str:
    return ";".join(tag.code if tag.is_certain else tag.code + "?" for tag in tags)


def _number(name: str, least: int, most: int) -> Column:
    return Column(name, cells.whole_number(least, most), str, None)


def _yes_no(name: str) -> Column:
    return Column(name, cells.yes_no, lambda value: "yes" if value else "no", None)


def _lines(name: str, read: Callable[[str], Any], write: Callable[[Any], str]) -> Column:
    return Column(name, read, lambda found: "\n".join(write(line) for line in found), ())


COLUMNS: tuple[Column, ...] = (
    _number("id", 1, cells.WHOLE_NUMBER_MAX),
    _name("organisation", required=True),
    _url("organisation_url"),
    _name("name", required=True),
    Column("alternate_name", cells.names, ";".join, ()),
    _words("description"),
    _code("status", "status", required=True),
    _code("listing", "listing", required=True),
    _words("listing_reason"),
    _tags("groups"),
    _tags("support_types"),
    _codes("source_groups", "source_groups"),
    _codes("source_types", "source_types"),
    _codes("forms_of_abuse", "form"),
    _codes("only_for", "specialism"),
    _codes("adapted_for", "specialism"),
    _number("minimum_age", 0, 120),
    _number("maximum_age", 0, 120),
    _words("age_note"),
    _codes("modes", "mode"),
    Column("coverage", cells.names, ";".join, ()),
    _words("coverage_note"),
    _lines("locations", lines.places, lines.write_place),
    _yes_no("confidential"),
    _words("confidential_reason"),
    _lines("contact_routes", lines.routes, lines.write_route),
    _url("url"),
    _codes("referral_routes", "referral"),
    _words("referral_note"),
    _yes_no("free_to_person"),
    _words("cost_note"),
    _codes("languages", "language"),
    _yes_no("interpreters"),
    _codes("accessibility", "access"),
    _yes_no("accepting_referrals"),
    _code("waiting_list", "waiting"),
    _number("waiting_weeks", 0, 520),
    Column("waiting_as_at", cells.loose_date, str, ""),
    _words("waiting_note"),
    _number("capacity_per_year", 0, 1_000_000),
    _code("sector", "sector"),
    _yes_no("advice_to_professionals"),
    _yes_no("can_stay_anonymous"),
    _words("when_they_must_tell"),
    _words("safe_contact"),
    _words("before_you_call"),
    _words("before_you_refer"),
    Column("inclusion", _inclusion, ": ".join, ()),
    _lines("inclusion_evidence", lines.evidence, lines.write_evidence),
    _words("source_name"),
    Column("source_url", cells.urls, " ; ".join, ()),
    _words("source_note"),
    Column("source_date", cells.loose_date, str, ""),
    Column("seen_on", cells.day, date.isoformat, None),
    _code("confidence", "confidence"),
    Column("last_confirmed", cells.day, date.isoformat, None),
    _name("confirmed_by"),
)
COLUMN_NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
NOTHING_SAID = "The cell is blank."


def _reader(column: Column) -> Callable[[str], Any]:
    """Cell of a file → value; blank and required cells included."""

    def read(cell: str) -> Any:
        text = cells.unwrapped(cell)
        if text:
            return column.read(text)
        if column.required:
            raise Refused(NOTHING_SAID, "Every row needs it.")
        return column.blank

    # Codes, dates and numbers come again and again; words hardly ever do.
    return read if column.read in (cells.text, cells.name, cells.url, cells.urls) else lru_cache(8_192)(read)


_READERS = tuple((column.name, _reader(column), column.blank, column.required) for column in COLUMNS)


def read_row(texts: Mapping[str, str], line: int) -> ListingRow | list[Problem]:
    """The row, or everything that is wrong with its cells, in the order of the columns."""
    values: list[Any] = []
    problems: list[Problem] = []
    for name, read, blank, required in _READERS:
        cell = texts.get(name, "")
        try:
            values.append(read(cell) if cell or required else blank)
        except Refused as refused:
            problems.append(Problem(line, name, cell.strip(), refused.what, refused.remedy))
    return problems or ListingRow(*values)


def write_row(row: ListingRow) -> dict[str, str]:
    """The row's cells, every column, as they stand in a file (without the guard against formulas)."""
    return {
        column.name: "" if (value := getattr(row, column.name)) == column.blank else column.write(value)
        for column in COLUMNS
    }
