"""Unmet need as tables to take away: a sheet for the groups, and two columns beside each line of the grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from directory.documents.table import Table, Value

COLUMNS = ("Places known", "Without a place, if all who seek support need this; not to be added up")


@dataclass(frozen=True, slots=True)
class GroupUnmet:
    """One group in words: people estimated, those likely to seek support and on what assumption, places, unmet."""

    code: str
    name: str
    estimated: str
    seekers: str
    assumption: str
    places: str
    unmet: str


def groups_table(groups: Iterable[GroupUnmet], *, as_at: date, address: str) -> Table:
    """The groups, one to a row. address: the page that gives these figures again; '' where there is none."""
    columns = (
        "Group code", "Group", "People estimated (a national rate applied locally)", "Likely to seek support",
        "Assumption", "Places known", "Without a place; not to be added up", "As at",
        "Address that shows this again",
    )  # fmt: skip
    rows = tuple(
        (
            one.code,
            one.name,
            one.estimated,
            one.seekers,
            one.assumption or None,
            one.places,
            one.unmet,
            as_at,
            address or None,
        )
        for one in groups
    )
    return Table("Unmet need by group", columns, rows)


def with_unmet(grid: Table, types: Mapping[str, tuple[str, str]]) -> Table:
    """A grid with two more columns. types: support type → (places, unmet need), in words.

    Every line of a type says the same: places are not told apart by whether help is in person.
    """
    none: tuple[Value, Value] = (None, None)
    rows = tuple((*row, *types.get(str(row[0]), none)) for row in grid.rows)
    return Table(grid.title, (*grid.columns, *COLUMNS), rows)
