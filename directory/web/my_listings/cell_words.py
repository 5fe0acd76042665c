"""A column's cell in words, as a person reads it on the page where answers are checked."""

from __future__ import annotations

from flask_babel import gettext as _

from directory.actions.changes.draft import read_cell
from directory.actions.lines import Place
from directory.actions.problem import Refused
from directory.reference.routes import Route
from directory.web.facts import hours_words
from directory.web.my_listings.cells_of_forms import unsure_codes
from directory.web.my_listings.page_form import label_of
from directory.web.my_listings.questions import QUESTIONS, Kind


def column_label(column: str) -> str:
    """What a column is called here; the column itself where no organisation writes it."""
    return str(QUESTIONS[column].label) if column in QUESTIONS else column.replace("_", " ")


def cell_words(column: str, cell: str) -> list[str]:
    """One line for each thing it says; none for a blank cell. A cell that cannot be read is shown as it is."""
    if not cell:
        return []
    if column not in QUESTIONS:
        return [cell]
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
                _("%(label)s (not certain)", label=label_of(question.vocabulary, code))
                if code in unsure
                else label_of(question.vocabulary, code)
                for code in codes
            ]
        case Kind.NAMES:
            return [part.strip() for part in cell.split(";")]
        case Kind.DATE:
            return ["-".join(reversed(cell.split("-"))).replace("-", " ")]
        case Kind.ROUTES | Kind.PLACES:
            return _line_words(column, cell)
        case _:
            return [cell]


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
