"""The moderators' queue, the written steps for a message that reads like danger, and the log of acts."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.exceptions import NotFound as NoSuchPage

from directory.queries.moderation import (
    ACTS_ON_A_PAGE,
    KINDS,
    acts,
    count_down,
    kinds_of_acts,
    oldest_wait,
)
from directory.queries.moderation import queue as whole_queue
from directory.reference.hours import today_in_london
from directory.reference.working_days import AIM_DAYS
from directory.web.cell_words import column_label
from directory.web.moderation.words import KIND_LABELS, waited
from directory.web.parts import row_of_pages

bp = Blueprint("moderation", __name__)


@bp.get("/moderation")
def queue() -> str:
    """What waits, the oldest first; what reads like danger before all else."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    with current_app.extensions["database"].reading() as session:
        items = whole_queue(session, kind)
        oldest = oldest_wait(session)
        down = count_down(session)
    return render_template(
        "moderation/queue.html",
        items=items,
        kind=kind,
        kinds=KIND_LABELS,
        oldest=oldest,
        down=down,
        today=today_in_london(),
        waited=waited,
        column_label=column_label,
        aim=AIM_DAYS,
    )


@bp.get("/moderation/steps")
def steps() -> str:
    """What to do with a message that reads like danger."""
    return render_template("moderation/steps.html")


@bp.get("/moderation/acts", endpoint="acts")
def acts_page() -> str:
    """Who did what, when; by what it was about and by the act."""
    about, act, page = request.args.get("about", ""), request.args.get("act", ""), _page_asked()
    with current_app.extensions["database"].reading() as session:
        found, count = acts(session, about=about, act=act, page=page)
        abouts, names = kinds_of_acts(session)
    last = max(1, -(-count // ACTS_ON_A_PAGE))
    if page > last:
        raise NoSuchPage
    return render_template(
        "moderation/acts.html",
        acts=found,
        count=count,
        about=about,
        act=act,
        abouts=abouts,
        names=names,
        pages=row_of_pages(
            page, last, lambda number: url_for("moderation.acts", about=about, act=act, page=number)
        ),
    )


def _page_asked() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) > 0):
        raise NoSuchPage
    return int(text)
