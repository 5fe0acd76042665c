"""Suggest a correction: no account, no name; it joins the moderators' queue."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.corrections import take_correction
from directory.errors import NotFound, RuleBroken
from directory.queries.departed import departed, held_listing, moved_to
from directory.queries.listings import get_listings
from directory.reference.danger_words import reads_like_danger
from directory.reference.hours import now_utc
from directory.search.types import Facet
from directory.security.limits import may_send
from directory.web.forms.correction_form import CorrectionForm
from directory.web.help_now import help_now
from directory.web.words_of_danger import NOTHING_HEARD, Heard, has_sent_many, hear

bp = Blueprint("correct", __name__)

Answer = BaseResponse | str | tuple[str, int]
SENT_PER_HOUR = "12 per hour"


@bp.get("/services/<int(max=2147483647):service_id>/correct")
def ask(service_id: int) -> Answer:
    """What is wrong, and a box."""
    moved = _moved(service_id)
    if moved:
        return redirect(url_for("correct.ask", service_id=moved), code=301)
    return _page(service_id, CorrectionForm())


@bp.post("/services/<int(max=2147483647):service_id>/correct")
def send(service_id: int) -> Answer:
    """Keep it. One network may send so many an hour, and far more that read like danger; nothing typed is lost."""
    form = CorrectionForm()
    service_id = (
        _moved(service_id) or service_id
    )  # Merged while somebody was writing: it is about the one that stays.
    _subject(service_id)
    words = form.words.data or ""
    if not form.validate():
        return _not_taken(service_id, form)
    is_urgent = reads_like_danger(words)
    if not is_urgent and not may_send("correction", SENT_PER_HOUR):
        form.words.errors = [
            _("Many messages have come from where you are. Please send this again in an hour.")
        ]
        return _page(service_id, form), 429
    has_many = is_urgent and has_sent_many()
    try:
        with current_app.extensions["database"].transaction() as session:
            is_kept = take_correction(
                session,
                service_id,
                form.about.data or "",
                words,
                now=now_utc(),
                is_one_of_many=has_many,
            )
    except RuleBroken as broken:
        form[broken.field].errors = [_(broken.message)]
        return _not_taken(service_id, form)
    kept = None if is_kept else "no"
    return redirect(url_for("correct.thanks", service_id=service_id, kept=kept), code=303)


@bp.get("/services/<int(max=2147483647):service_id>/correct/sent")
def thanks(service_id: int) -> str:
    """Whom to call, before anything else; then that it was taken, or that there was no room for it."""
    name, groups = _subject(service_id)
    return render_template(
        "correct/thanks.html",
        service_id=service_id,
        name=name,
        is_kept=request.args.get("kept") != "no",
        help_now=_lines(groups),
    )


def _not_taken(service_id: int, form: CorrectionForm) -> Answer:
    """The form again. Words that read like danger are kept for the moderators all the same."""
    return _page(service_id, form, hear(service_id, form.words.data or "")), 400


def _page(service_id: int, form: CorrectionForm, heard: Heard = NOTHING_HEARD) -> str:
    name, groups = _subject(service_id)
    return render_template(
        "correct/ask.html",
        service_id=service_id,
        name=name,
        form=form,
        heard=heard,
        help_now=_lines(groups),
    )


def _lines(groups: frozenset[str]) -> object:
    chosen: Mapping[Facet, frozenset[str]] = {Facet.GROUP: groups} if groups else {}
    return help_now(chosen)


def _moved(service_id: int) -> int:
    with current_app.extensions["database"].reading() as session:
        moved = moved_to(session, service_id)
    return moved.service_id if moved else 0


def _subject(service_id: int) -> tuple[str, frozenset[str]]:
    """(name, whom it is for) of a listing with a page; the name is '' while all of it is held. Raises NotFound."""
    with current_app.extensions["database"].reading() as session:
        listing = get_listings(session, (service_id,)).get(service_id)
        if listing is not None:
            return listing.name, listing.shown_groups
        held_for = held_listing(session, service_id)
        if held_for is not None:
            return "", held_for
        gone = departed(session, service_id)
    if gone is None:
        raise NotFound(f"No listing has the number {service_id}.")
    return gone.name, frozenset()
