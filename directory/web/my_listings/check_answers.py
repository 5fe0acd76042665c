"""What is wrong with the answers of a page, in words by the field."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from directory.actions.changes.draft import read_cell
from directory.actions.changes.refused import ChangeRefused
from directory.actions.listing_row import NOTHING_SAID
from directory.actions.problem import Problem, Refused
from directory.reference.case_data import case_data_in
from directory.reference.case_hints import case_hints
from directory.reference.coverage import read_coverage
from directory.reference.wording import check_wording
from directory.web.my_listings.cells_of_forms import data_of
from directory.web.my_listings.check_rows import put_row_errors
from directory.web.my_listings.field_words import case_words, refused_words, website_error
from directory.web.my_listings.page_form import PageForm
from directory.web.my_listings.questions import QUESTIONS, Kind

_FREE_WORDS = frozenset({Kind.WORDS, Kind.LINE})


def put_errors(form: PageForm, cells: Mapping[str, str]) -> bool:
    """Put what is wrong with the cells by the form's fields. Returns whether nothing is.

    Only answers that were changed are held to the rules that a source's words need not meet.
    """
    is_right = True
    for name, cell in cells.items():
        kind = QUESTIONS[name].kind
        if kind in {Kind.ROUTES, Kind.PLACES}:
            errors = put_row_errors(form[name], name, form.before.get(name, ""))
        else:
            said = _cell(name, cell, is_changed=cell != form.before.get(name, ""))
            errors = [said] if said else []
            if said and kind is Kind.DATE:
                form[name].form.day.errors = [said]
            elif said:
                form[name].errors = [said]
        is_right = is_right and not errors
    ages = cells.get("minimum_age", ""), cells.get("maximum_age", "")
    if is_right and all(ages) and int(ages[0]) > int(ages[1]):
        form["minimum_age"].errors = [_("The youngest age is above the oldest. Change one of the two.")]
        return False
    return is_right


def _cell(name: str, cell: str, *, is_changed: bool) -> str:
    question = QUESTIONS[name]
    if not is_changed:
        return ""
    try:
        read_cell(name, cell)
    except Refused as refused:
        return refused_words(name, refused)
    if question.kind is Kind.ADDRESS and cell:
        return website_error(cell)
    if name == "coverage":
        unknown = read_coverage(cell).unknown_names
        if unknown:
            return _(
                "We know no area called %(name)s. Name a council area, county, region, police area or nation.",
                name=unknown[0][:80],
            )
    if question.kind in _FREE_WORDS | {Kind.NAMES} and (found := case_data_in(cell)):
        return case_words(found)
    return ""


def wording_hints(cells: Mapping[str, str]) -> dict[str, list[str]]:
    """Column → words that the field avoids, and what it uses instead; and what may be of one child or one case.

    Pointed out, never changed.
    """
    found = {name: _hints(_written(name, cell)) for name, cell in cells.items()}
    return {name: hints for name, hints in found.items() if hints}


def _written(name: str, cell: str) -> list[str]:
    """What was written freely: a whole cell, or the notes and towns of its lines."""
    match QUESTIONS[name].kind:
        case Kind.WORDS | Kind.LINE:
            return [cell]
        case Kind.ROUTES:
            rows = data_of(name, cell)
            return [row["value"] for row in rows if row["kind"] == "walk-in"] + [row["note"] for row in rows]
        case Kind.PLACES:
            return [row[part] for row in data_of(name, cell) for part in ("town", "note")]
    return []


def _hints(texts: list[str]) -> list[str]:
    said = [
        _("Instead of “%(found)s” you could write “%(use)s”.", found=one.found, use=one.use)
        for text in texts
        for one in check_wording(text)
    ]
    said += [
        _("Is “%(found)s” about one child or one case? Then take it out.", found=found)
        for text in texts
        for found in case_hints(text)
    ]
    return list(dict.fromkeys(said))


def problems_by_column(refused: ChangeRefused) -> list[tuple[str, str]]:
    """(column, what is wrong) of a whole listing, for the page on which answers are checked."""
    return [(problem.column, problem_words(problem)) for problem in refused.problems]


def problem_words(problem: Problem) -> str:
    """What holds between several answers, in words of the form."""
    words = {
        "groups": _("Some of the support is for people you do not name. Add them, or take that support out."),
        "adapted_for": _(
            "The same people stand under ‘only for’ and ‘adapted for’. Keep them in one of the two."
        ),
    }
    if problem.what == NOTHING_SAID:
        return _("It is needed, and nothing is said yet.")
    return words.get(problem.column) or f"{problem.what} {problem.remedy}".strip()
