"""The shape of the pages that answer a question: tables with one row for each support type, group or kind of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.web.words import number, translated


@dataclass(frozen=True, slots=True)
class LensRow:
    """One row. type: the support type it is about, to link to its cell; '' where it is about none."""

    head: str
    cells: tuple[str, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class LensTable:
    """One table. heads: of the first column, then of the others."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[LensRow, ...]


@dataclass(frozen=True, slots=True)
class LensView:
    """One question's page. answer: what stands out, in a sentence or two; notes: how to read the tables.

    title: neutral, as it stands in the browser's history.
    """

    title: str
    heading: str
    answer: str
    notes: tuple[str, ...]
    tables: tuple[LensTable, ...]


def numbers(*values: int) -> tuple[str, ...]:
    """Counts as cells."""
    return tuple(number(value) for value in values)


def tables_by_type(
    heads: Sequence[str], cells: Callable[[str], tuple[str, ...]], codes: Iterable[str] = ()
) -> tuple[LensTable, ...]:
    """One table for each of the nine groups, or for some of them, one row for each of their types.

    heads: of the columns after the first. cells: support type → its cells.
    """
    return tuple(
        LensTable(
            translated(groups()[group].label),
            (_("Support type"), *heads),
            tuple(
                LensRow(translated(one.label), cells(code), code)
                for code, one in support_types().items()
                if one.group == group
            ),
        )
        for group in (codes or groups())
    )
