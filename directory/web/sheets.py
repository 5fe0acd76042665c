"""Sheets to print or to take away: one for each person, and a working sheet for the practitioner."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.documents.sheet import MEDIA_TYPE, Sheet, word_file
from directory.errors import NotFound, RuleBroken
from directory.reference.hours import today_in_london
from directory.search.my_list import ENTRIES_MAX, FOR_NOBODY, read_numbers
from directory.security.list_cookie import keep_on
from directory.web.downloads import attached
from directory.web.my_list import chosen_for_everyone
from directory.web.sheet_words import person_sheet, working_sheet

bp = Blueprint("sheets", __name__)

Answer = BaseResponse | str


@bp.get("/my-list/sheet/<int(max=8):number>")
def sheet(number: int) -> Answer:
    """One person's sheet, to look at and to print. `n` in the query: which services, when not all."""
    found = _person_sheet(number)
    if found is None:
        return redirect(url_for("my_list.show"), code=303)
    query = request.query_string.decode("ascii", "replace")
    file_url = url_for("sheets.sheet_file", number=number) + (f"?{query}" if query else "")
    return render_template("my_list/sheet.html", sheet=found, number=number, file_url=file_url)


@bp.get("/my-list/sheet/<int(max=8):number>.docx")
def sheet_file(number: int) -> Answer:
    """One person's sheet as a file whose name says nothing."""
    found = _person_sheet(number)
    if found is None:
        return redirect(url_for("my_list.show"), code=303)
    return _file(found, f"information-sheet-{number}" if number else "information-sheet")


@bp.get("/my-list/working-sheet")
def working() -> Answer:
    """Everyone's services and needs, for the practitioner."""
    found = _working_sheet()
    if found is None:
        return redirect(url_for("my_list.show"), code=303)
    return render_template(
        "my_list/sheet.html", sheet=found, number=None, file_url=url_for("sheets.working_file")
    )


@bp.get("/my-list/working-sheet.docx")
def working_file() -> Answer:
    """The same as a file."""
    found = _working_sheet()
    return redirect(url_for("my_list.show"), code=303) if found is None else _file(found, "working-sheet")


def _person_sheet(number: int) -> Sheet | None:
    """The sheet; None when the list is empty, or was emptied. Raises NotFound, RuleBroken."""
    my_list = keep_on()
    if not my_list:
        return None
    if number > len(my_list.people):
        raise NotFound(f"There is no person {number} on this list.")
    groups = my_list.person(number).groups if number != FOR_NOBODY else frozenset()
    chosen = [each for each in chosen_for_everyone(my_list) if each.number == number]
    return person_sheet(chosen[0], groups, _only(), today_in_london()) if chosen else None


def _working_sheet() -> Sheet | None:
    my_list = keep_on()
    groups_of = {number: my_list.person(number).groups for number in range(1, len(my_list.people) + 1)}
    return working_sheet(chosen_for_everyone(my_list), groups_of, today_in_london()) if my_list else None


def _only() -> frozenset[int] | None:
    """The services ticked for the sheet; None when the address says nothing of them."""
    ticked = request.args.getlist("n")
    if not ticked:
        if "some" in request.args:
            raise RuleBroken("n", "Tick at least one service to put on the sheet.")
        return None
    if len(ticked) > ENTRIES_MAX:
        raise RuleBroken("n", "This address holds too many listings for one page.")
    return frozenset(read_numbers("-".join(ticked), ENTRIES_MAX))


def _file(sheet: Sheet, name: str) -> Response:
    return attached(word_file(sheet), MEDIA_TYPE, f"{name}-{sheet.made_on.isoformat()}.docx")
