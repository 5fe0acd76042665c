"""One listing made part of another: asked, looked at side by side, done; and undone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.merging import merge_by_moderator, undo_merge
from directory.actions.merge_listings import reason_of
from directory.errors import NotFound, RuleBroken
from directory.queries.merges import merged_into
from directory.queries.moderation_holds import NamedListing, listing_named
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.cell_words import cell_words, column_label

bp = Blueprint("moderated_merges", __name__)

Answer = BaseResponse | str | tuple[str, int]
NUMBER_LENGTH_MAX = 9
SIDE_BY_SIDE = ("organisation", "groups", "coverage", "locations", "contact_routes")
WARNED_OF = ("organisation", "groups", "coverage")
"""Where two listings differ in these, families may be sent to somebody who cannot help them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One column of both listings, line by line. warns: they differ where that may send families to the wrong place."""

    column: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    warns: bool


@bp.get("/moderation/services/<int(max=2147483647):service_id>/merge")
def ask(service_id: int) -> str:
    """Which listing this one is part of."""
    return _form(service_id, "", "")


@bp.post("/moderation/services/<int(max=2147483647):service_id>/merge")
def merge(service_id: int) -> Answer:
    """First both side by side; then, when it is sent again from there, families are led from one to the other."""
    number = request.form.get("new", "").strip()
    because = request.form.get("because", "")
    try:
        if not (number.isascii() and number.isdecimal() and len(number) <= NUMBER_LENGTH_MAX):
            raise RuleBroken("new", _("Enter the number of a listing."))
        # What was looked at is sent along: another number is looked at first.
        if request.form.get("looked_at") != str(int(number)):
            return _check(service_id, int(number), because)
        with current_app.extensions["database"].transaction() as session:
            merge_by_moderator(
                session,
                service_id,
                int(number),
                because,
                by=actor(),
                today=today_in_london(),
                now=now_utc(),
            )
    except NotFound:
        return _form(service_id, "new", _("No listing has this number.")), 400
    except RuleBroken as broken:
        return _form(service_id, broken.field, _(broken.message)), 400
    return redirect(url_for("moderated_listings.history", service_id=service_id, done="merged"), code=303)


@bp.post("/moderation/services/<int(max=2147483647):service_id>/merge/undo")
def undo(service_id: int) -> Answer:
    """Show it under its own number again."""
    try:
        with current_app.extensions["database"].transaction() as session:
            undo_merge(session, service_id, by=actor(), now=now_utc())
    except RuleBroken as broken:
        return _form(service_id, "new", _(broken.message)), 400
    return redirect(url_for("moderated_listings.history", service_id=service_id, done="unmerged"), code=303)


def _check(old_id: int, new_id: int, because: str) -> Answer:
    """Both listings, before anything is done. Raises NotFound, RuleBroken('new' or 'because')."""
    if not because.strip():
        raise RuleBroken("because", _("Say why: people will read it."))
    reason_of(because)
    if old_id == new_id:
        raise RuleBroken("new", _("This is the number of this listing itself. Enter the other one’s."))
    with current_app.extensions["database"].reading() as session:
        old, new = listing_named(session, old_id), listing_named(session, new_id)
        if old is None or new is None:
            raise NotFound("No listing has that number.")
        cells = stored_cells(session, old_id), stored_cells(session, new_id)
    compared = [
        _compared(column, cells[0].get(column, ""), cells[1].get(column, "")) for column in SIDE_BY_SIDE
    ]
    return render_template(
        "moderation/merge_check.html",
        old=old,
        new=new,
        compared=compared,
        differing=[one.column for one in compared if one.warns],
        because=because,
        column_label=column_label,
    )


def _compared(column: str, old: str, new: str) -> Compared:
    words = [tuple(cell_words(column, cell)) for cell in (old, new)]
    return Compared(column, words[0], words[1], column in WARNED_OF and sorted(words[0]) != sorted(words[1]))


def _form(service_id: int, field: str, problem: str) -> str:
    with current_app.extensions["database"].reading() as session:
        listing: NamedListing | None = listing_named(session, service_id)
        already = merged_into(session, service_id)
    if listing is None:
        raise NotFound(f"No listing has the number {service_id}.")
    return render_template(
        "moderation/merge.html",
        listing=listing,
        already=already,
        field=field,
        problem=problem,
        typed=request.form,
    )
