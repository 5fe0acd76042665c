"""The columns of a listing and what stands in them, in the words in which organisations and moderators read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.actions.changes.draft import read_cell
from directory.actions.lines import Place
from directory.actions.problem import Refused
from directory.reference.routes import Route
from directory.reference.terms import terms
from directory.web.dates import day, when
from directory.web.facts import hours_words
from directory.web.my_listings.cells_of_forms import unsure_codes
from directory.web.my_listings.page_form import label_of
from directory.web.my_listings.questions import QUESTIONS, Kind
from directory.web.words import term

NOT_ASKED: Mapping[str, LazyString] = {
    "id": _l("Number"),
    "listing": _l("State of the listing"),
    "listing_reason": _l("Why it is in that state"),
    "inclusion": _l("Whether it is listed"),
    "inclusion_evidence": _l("Evidence for listing it"),
    "source_name": _l("Source"),
    "source_url": _l("Address of the source"),
    "source_note": _l("About the source"),
    "source_date": _l("Date of the source"),
    "seen_on": _l("Seen on"),
    "confidence": _l("How sure it is"),
    "last_confirmed": _l("Last confirmed"),
    "confirmed_by": _l("Confirmed by"),
    "change": _l("This change"),
    "words": _l("Reasons"),
    "profile": _l("Which rules"),
}
"""Columns, and boxes beside them, that no organisation is asked; all others are called as the form asks them."""


def column_label(column: str) -> str:
    """The words for a column, or for a criterion; the column itself where there are none."""
    if column in QUESTIONS:
        return str(QUESTIONS[column].label)
    if column in NOT_ASKED:
        return str(NOT_ASKED[column])
    return term(column, "criterion") if column in terms("criterion") else column.replace("_", " ")


def cell_words(column: str, cell: str) -> list[str]:
    """One line for each thing it says; none for a blank cell. What cannot be read, or nobody knows, stands as it is."""
    if not cell:
        return []
    if column not in QUESTIONS:
        return _lines(cell)
    question = QUESTIONS[column]
    match question.kind:
        case Kind.YES_NO:
            return [_("Yes") if cell == "yes" else _("No") if cell == "no" else cell]
        case Kind.ONE_OF:
            return [label_of(question.vocabulary, cell)]
        case Kind.SOME_OF | Kind.TAGS:
            unsure = set(unsure_codes(cell))
            codes = [part.strip().removesuffix("?") for part in cell.split(";") if part.strip()]
            return [
                _("%(label)s (possible, not certain)", label=label_of(question.vocabulary, code))
                if code in unsure
                else label_of(question.vocabulary, code)
                for code in codes
            ]
        case Kind.NAMES:
            return [part.strip() for part in cell.split(";") if part.strip()]
        case Kind.DATE:
            return [_date(cell)]
        case Kind.ROUTES | Kind.PLACES:
            return _line_words(column, cell)
        case _:
            return _lines(cell)


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _date(cell: str) -> str:
    """A day in full; a month or a year as it is told elsewhere."""
    try:
        return day(date.fromisoformat(cell))
    except ValueError:
        return when(cell)


def _line_words(column: str, cell: str) -> list[str]:
    try:
        read = read_cell(column, cell)
    except Refused:
        return cell.splitlines()
    lines = read if isinstance(read, tuple) else ()
    return [_route(one) if isinstance(one, Route) else _place(one) for one in lines]


def _route(route: Route) -> str:
    hours = hours_words(route.hours) if route.hours else ""
    parts = [f"{label_of('route', route.kind)}: {route.value}".rstrip(": "), hours, route.note]
    return "; ".join(part for part in parts if part)


def _place(place: Place) -> str:
    said = {
        "exact": _("anyone may know it"),
        "town": _("only the town may be known"),
        "confidential": _("confidential"),
    }
    parts = [place.town, place.postcode, place.note]
    return f"{', '.join(part for part in parts if part)} ({said[place.precision]})"
