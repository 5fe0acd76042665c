"""How often children's services recorded child sexual abuse at the end of an assessment. From data/identification.csv.

Published by the Department for Education for England: 153 authorities, nine regions and
the country. What it left out is kept as it marked it; Wales publishes no such figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, Row, read_rows
from directory.tables_of_day import of_the_tables

FIRST_YEAR, LAST_YEAR = 2018, 2025


class Mark(StrEnum):
    """What stands in the place of a number, in the publisher's letters."""

    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    UNRELIABLE = "u"
    NOT_APPLICABLE = "z"


Recorded = int | Mark


@dataclass(frozen=True, slots=True)
class YearRecorded:
    """One area in the year that ends in March of `year`: assessments at whose end the thing was recorded.

    adult_on_child, child_on_child: told apart from 2021 on; before, all abuse is in not_said.
    exploitation: child sexual exploitation, recorded apart and never added to the others.
    assessments: all that had any factor recorded. children: 0 to 17, in the middle of the year before.
    """

    year: int
    code: str
    name: str
    adult_on_child: Recorded
    child_on_child: Recorded
    not_said: Recorded
    exploitation: Recorded
    assessments: Recorded
    children: int

    @property
    def parts(self) -> tuple[Recorded, Recorded, Recorded]:
        """The three kinds of child sexual abuse that add up."""
        return self.adult_on_child, self.child_on_child, self.not_said


def read_identification(path: Path, codes: Collection[str]) -> Mapping[str, tuple[YearRecorded, ...]]:
    """Code → its years, oldest first; a year in which the authority did not exist is left out.

    codes: those of the authorities, regions and nations there are. Raises BadDataFile.
    """
    columns = (
        "year",
        "level",
        "code",
        "name",
        "adult_on_child",
        "child_on_child",
        "not_said",
        "exploitation",
        "assessments",
        "population_0_17",
    )
    found: dict[str, dict[int, YearRecorded]] = {}
    for row in read_rows(path, columns):
        row.one_of("level", ("country", "region", "authority"))
        if row["code"] not in codes:
            raise row.wrong("code", "There is no such area in areas.csv.")
        line = _read_year(row)
        years = found.setdefault(line.code, {})
        if line.year in years:
            raise row.wrong("year", "This area has a line for this year already.")
        years[line.year] = line
    return MappingProxyType(
        {code: tuple(years[year] for year in sorted(years)) for code, years in found.items()}
    )


def _read_year(row: Row) -> YearRecorded:
    year = _whole(row, "year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise row.wrong("year", f"Write a year from {FIRST_YEAR} to {LAST_YEAR}.")
    children = _whole(row, "population_0_17")
    if not children:
        raise row.wrong("population_0_17", "This must be more than 0.")
    return YearRecorded(
        year,
        row["code"],
        row.needed("name"),
        _recorded(row, "adult_on_child"),
        _recorded(row, "child_on_child"),
        _recorded(row, "not_said"),
        _recorded(row, "exploitation"),
        _recorded(row, "assessments"),
        children,
    )


def _recorded(row: Row, column: str) -> Recorded:
    text = row.needed(column)
    if text in set(Mark):
        return Mark(text)
    return _whole(row, column, "Write a whole number, or c, x, u or z as published.")


def _whole(row: Row, column: str, remedy: str = "Write a whole number.") -> int:
    text = row.needed(column)
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise row.wrong(column, remedy)
    return int(text)


@of_the_tables
def identification() -> Mapping[str, tuple[YearRecorded, ...]]:
    """Every line of data/identification.csv."""
    known = {"E92000001"}
    for row in read_rows(DATA / "areas.csv", ("utla_code", "region_code")):
        known |= {row["utla_code"], row["region_code"]}
    return read_identification(DATA / "identification.csv", known)
