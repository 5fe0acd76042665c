"""What visitors said of one listing, for moderators: read, deal with, close."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.corrections import close_correction
from directory.errors import NotFound, RuleBroken
from directory.queries.corrections_closing import NOBODY_DECIDED, closes_on
from directory.queries.moderation import corrections_of
from directory.queries.moderation_holds import listing_named
from directory.reference.case_data import case_data_in
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.moderation.words import waited

bp = Blueprint("moderated_corrections", __name__)

Answer = BaseResponse | str | tuple[str, int]


@bp.get("/moderation/corrections/<int(max=2147483647):service_id>")
def of_service(service_id: int) -> str:
    """Every message about a listing, what reads like danger first."""
    return _page(service_id, 0, "")


@bp.post("/moderation/corrections/<int(max=2147483647):correction_id>/close")
def close(correction_id: int) -> Answer:
    """It is dealt with."""
    try:
        with current_app.extensions["database"].transaction() as session:
            result = request.form.get("result", "")
            service_id = close_correction(session, correction_id, result, by=actor(), now=now_utc())
    except RuleBroken as broken:
        number = request.form.get("service", "")
        service_id = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
        return _page(service_id, correction_id, _(broken.message)), 400
    return redirect(
        url_for("moderated_corrections.of_service", service_id=service_id, done="closed"), code=303
    )


def _page(service_id: int, problem_at: int, problem: str) -> str:
    with current_app.extensions["database"].reading() as session:
        listing = listing_named(session, service_id)
        messages, more = corrections_of(session, service_id)
    if listing is None:
        raise NotFound(f"No listing has the number {service_id}.")
    return render_template(
        "moderation/corrections.html",
        listing=listing,
        messages=messages,
        more=more,
        problem_at=problem_at,
        problem=problem,
        typed=request.form.get("result", ""),
        case_data_in=case_data_in,
        today=today_in_london(),
        closes_on=lambda received_at: closes_on(received_at, _open_days()),
        nobody_decided=NOBODY_DECIDED,
        waited=waited,
        done=request.args.get("done", ""),
    )


def _open_days() -> int:
    """How long a message may stay open here."""
    days: int = current_app.config["SETTINGS"].people.correction_days
    return days
