"""The sheet ‘Key’ of the workbook with somebody's listings: what each code that may stand in it means.

It is for people: the file that comes back is read from its first sheet, and this one has no column ‘id’.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from directory.actions.changes.sheet_cell import SHEET_COLUMNS
from directory.actions.vocabulary import codes
from directory.documents.table import Table
from directory.geo.areas import areas
from directory.reference.coverage import coverage_names
from directory.web.cell_words import column_label
from directory.web.my_listings.page_form import label_of
from directory.web.my_listings.questions import QUESTIONS, Kind

# The first part of a line in columns that hold one thing on each line.
_OF_LINES = {"contact_routes": "route", "locations": "precision"}


def key_sheet() -> Table:
    """Column, what it is called on the pages, code, and its words; the areas last, because they are many."""
    of_columns = tuple((name, column_label(name), code, words) for name, code, words in _codes())
    of_areas = tuple(("coverage", column_label("coverage"), name, words) for name, words in _areas())
    return Table(
        _("Key"),
        (_("Column"), _("What the column is"), _("Write"), _("What it means")),
        (*of_columns, *of_areas),
    )


def _codes() -> Iterator[tuple[str, str, str]]:
    for name in SHEET_COLUMNS:
        question = QUESTIONS.get(name)
        if question is None:
            continue
        vocabulary = _OF_LINES.get(name, question.vocabulary)
        if question.kind is Kind.YES_NO:
            yield from ((name, "yes", _("Yes")), (name, "no", _("No")))
        elif vocabulary:
            for code in codes(vocabulary):
                yield name, code, _of_group(name, code)


def _of_group(name: str, code: str) -> str:
    """The words of a code; of a support type with whom it is for, because the same words stand in several groups."""
    if name == "locations":
        return {
            "exact": _("A place that anyone may know, with its postcode"),
            "town": _("Only the town may be known"),
            "confidential": _("It must stay confidential"),
        }[code]
    words = label_of(QUESTIONS[name].vocabulary or "route", code)
    return f"{words} ({label_of('groups', code.partition('.')[0])})" if name == "support_types" else words


def _areas() -> Iterator[tuple[str, str]]:
    """Names that can be written, and what each stands for."""
    for area in sorted(areas().values(), key=lambda one: one.name.casefold()):
        where = area.region_name if area.nation == "England" else area.nation
        yield area.name, _("Council area, %(where)s", where=where)
    for named in sorted(coverage_names().values(), key=lambda one: one.name.casefold()):
        if named.certainty == "whole":
            yield named.name, _("All council areas of it")
