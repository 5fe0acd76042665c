"""The matrix of an area as tables to take away: one row for each half cell that applies.

Takes frozen views whose words are ready; decides nothing but the layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from directory.documents.table import Table, Value


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A support type in words: its code, group, what it is, who would usually pay, who can fill its cells."""

    code: str
    group: str
    label: str
    usual_commissioner: str
    filled_by: str


@dataclass(frozen=True, slots=True)
class HalfRow:
    """Half a cell of one authority. failed: the tests that keep it from being available.

    services: (name, address of its page) of those that count. said: what was said that holds here; '' if nothing.
    replies: what services replied to it; '' if nothing, and in a snapshot, which keeps none.
    """

    type: TypeWords
    mode: str
    state: str
    failed: tuple[str, ...]
    services: tuple[tuple[str, str], ...]
    said: str
    replies: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """The authorities of a wider area that are in one state for half a cell.

    people: under-18s or adults there (`who` says which), of people_of in the whole area.
    """

    type: TypeWords
    mode: str
    state: str
    authorities: int
    authorities_of: int
    who: str
    people: int
    people_of: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class AuthorityStates:
    """One authority of a wider area: the state of each half cell, in the order of the heads."""

    code: str
    name: str
    states: tuple[str, ...]


_TYPE = ("Code", "Group", "Support")
_LAST = ("Usual commissioner", "Who can fill it", "As at", "Address that shows this again")


def grid_table(rows: Iterable[HalfRow], *, as_at: date, address: str) -> Table:
    """An authority's grid. address: the page that gives these figures again; '' where there is none."""
    columns = (
        *_TYPE, "In person or remote", "State", "What keeps it from being available", "Services",
        "What has been said", "Replies of services", *_LAST,
    )  # fmt: skip
    return Table(
        "Grid",
        columns,
        tuple(
            (
                *_type(row.type),
                row.mode,
                row.state,
                "; ".join(row.failed) or None,
                "; ".join(f"{name} ({url})" for name, url in row.services) or None,
                row.said or None,
                row.replies or None,
                *_last(row.type, as_at, address),
            )
            for row in rows
        ),
    )


def shares_table(rows: Iterable[ShareRow], *, as_at: date, address: str) -> Table:
    """A wider area's grid: how many of its authorities, and of its people, are in each state."""
    columns = (
        *_TYPE, "In person or remote", "State", "Authorities in this state", "Authorities in all",
        "Whose people are counted", "People in these authorities", "People in all", "Per cent of people",
        *_LAST,
    )  # fmt: skip
    return Table(
        "Grid",
        columns,
        tuple(
            (
                *_type(row.type),
                row.mode,
                row.state,
                row.authorities,
                row.authorities_of,
                row.who,
                row.people,
                row.people_of,
                row.percent,
                *_last(row.type, as_at, address),
            )
            for row in rows
        ),
    )


def authorities_table(heads: Sequence[str], rows: Iterable[AuthorityStates]) -> Table:
    """Each authority of a wider area in one row, each half cell in one column."""
    return Table(
        "Each authority",
        ("Area code", "Authority", *heads),
        tuple((row.code, row.name, *row.states) for row in rows),
    )


def _type(words: TypeWords) -> tuple[Value, ...]:
    return words.code, words.group, words.label


def _last(words: TypeWords, as_at: date, address: str) -> tuple[Value, ...]:
    return words.usual_commissioner, words.filled_by, as_at, address or None
