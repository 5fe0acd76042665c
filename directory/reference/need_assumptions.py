"""What share of each group may seek support, and over how many years: assumptions. From data/need_assumptions.csv."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, BadDataFile, Row, read_rows, split
from directory.reference.groups import groups
from directory.tables_of_day import of_the_tables

UPTAKE_PERCENT_MAX = 100
YEARS_MAX = 50


@dataclass(frozen=True, slots=True)
class Uptake:
    """What is assumed of one group.

    percent: of the people estimated, those likely to seek support (1 to 100); None: nobody has published one.
    years: over how many years they seek it, where an estimate counts lives and not a year; None: not known.
    kind: 'published' or 'assumption', of the percentage; the years are always an assumption.
    is_yours, years_are_yours: the reader entered it.
    """

    group: str
    percent: int | None
    years: int | None
    kind: str
    source_name: str = ""
    source_urls: tuple[str, ...] = ()
    caution: str = ""
    is_yours: bool = False
    years_are_yours: bool = False


def read_need_assumptions(path: Path, group_codes: Collection[str]) -> Mapping[str, Uptake]:
    """Group → what is assumed. Every group has a line. Raises BadDataFile."""
    columns = ("group", "uptake_percent", "years", "kind", "source_name", "source_url", "caution")
    found: dict[str, Uptake] = {}
    for row in read_rows(path, columns):
        group = row.one_of("group", frozenset(group_codes))
        if group in found:
            raise row.wrong("group", "This group has a line already.")
        percent = _whole(row, "uptake_percent", UPTAKE_PERCENT_MAX)
        if percent is not None and not row["source_url"]:
            raise row.wrong("source_url", "Say where the percentage is from.")
        found[group] = Uptake(
            group,
            percent,
            _whole(row, "years", YEARS_MAX),
            row.one_of("kind", ("published", "assumption")),
            row["source_name"],
            split(row["source_url"], " ; "),
            row.needed("caution"),
        )
    missing = sorted(set(group_codes) - set(found))
    if missing:
        raise BadDataFile(path, 1, "group", missing[0], "Each group needs a line.")
    return MappingProxyType(found)


def _whole(row: Row, column: str, highest: int) -> int | None:
    text = row[column]
    if not text:
        return None
    if not (len(text) <= 3 and text.isascii() and text.isdecimal() and 1 <= int(text) <= highest):
        raise row.wrong(column, f"Write a whole number from 1 to {highest}, or leave it blank.")
    return int(text)


@of_the_tables
def need_assumptions() -> Mapping[str, Uptake]:
    """Every line of data/need_assumptions.csv."""
    return read_need_assumptions(DATA / "need_assumptions.csv", groups())
