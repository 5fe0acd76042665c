"""What is said of the cells that a service fills, for its owner: to read, and to reply to."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from directory.actions.replies import ToReply, add_reply, end_reply
from directory.errors import NotFound, RuleBroken
from directory.matrix.statements import Statement
from directory.queries.said_of_services import ServiceName, replies, said_of, services_of
from directory.reference.hours import now_utc, today_in_london
from directory.reference.support_types import support_types
from directory.security.me import actor, me
from directory.web.matrix_states import line
from directory.web.matrix_world import matrix_world
from directory.web.where_from import where_from

bp = Blueprint("said", __name__)

REPLY_DOWN = "reply-down"
"""What the page that follows tells a moderator."""


class ReplyForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /my-listings/<service>/said/<statement>."""

    class Meta:
        csrf = False

    words = TextAreaField(
        _l("Your reply"),
        description=_l("Anyone can read it, beside what was said. Nothing about a person or a case."),
        widget=GovTextArea(),
        validators=[InputRequired(message=_l("Write your reply."))],
    )


@bp.get("/my-listings/<int(max=2147483647):service_id>/said")
def said(service_id: int) -> str:
    """What others can see of it, newest first, with the replies that stand."""
    service, found = _said(service_id)
    with current_app.extensions["database"].reading() as session:
        answered = replies(session, [one.id for one in found], also_of_held=True)
        public = replies(session, [one.id for one in found])
    world = matrix_world()
    rows = [
        (
            one,
            line(one.exists),
            support_types()[one.support_type],
            area.name if (area := world.areas.get(one.area_code)) else one.area_code,
            [each for each in answered.get(one.id, ()) if each.service_id == service_id],
        )
        for one in sorted(found, key=lambda one: (one.stated_on, one.id), reverse=True)
    ]
    return render_template(
        "my_listings/said.html",
        service=service,
        rows=rows,
        done=request.args.get("done", ""),
        is_shown=any(each.service_id == service_id for said in public.values() for each in said),
    )


@bp.route(
    "/my-listings/<int(max=2147483647):service_id>/said/<int(max=2147483647):number>", methods=["GET", "POST"]
)
def reply(service_id: int, number: int) -> str | Response | tuple[str, int]:
    """Reply to one statement."""
    service, found = _said(service_id)
    one = next((one for one in found if one.id == number), None)
    if one is None:
        raise NotFound(f"Nothing that concerns {service_id} has the number {number}.")
    form = ReplyForm(formdata=request.form if request.method == "POST" else None)
    page = {
        "service": service,
        "one": one,
        "state": line(one.exists),
        "type": support_types()[one.support_type],
    }
    if request.method == "GET":
        return render_template("my_listings/reply.html", form=form, **page)
    if form.validate():
        try:
            with current_app.extensions["database"].transaction() as session:
                add_reply(session, ToReply(number, service_id, form.words.data), by=actor(), now=now_utc())
        except RuleBroken as broken:
            form.words.errors = [broken.message]
        else:
            return redirect(url_for("said.said", service_id=service_id, done="replied"), 303)
    return render_template("my_listings/reply.html", form=form, **page), 400


@bp.post("/my-listings/<int(max=2147483647):service_id>/said/replies/<int(max=2147483647):number>/withdraw")
def withdraw(service_id: int, number: int) -> Response:
    """Take the reply back."""
    _own(service_id)
    with current_app.extensions["database"].transaction() as session:
        end_reply(session, number, by=actor(), now=now_utc(), service_id=service_id)
    return redirect(url_for("said.said", service_id=service_id, done="taken-back"), 303)


@bp.post("/moderation/replies/<int(max=2147483647):number>/take-down")
def take_down(number: int) -> Response:
    """A moderator takes a reply off every page, and is told so where she pressed the button."""
    with current_app.extensions["database"].transaction() as session:
        service_id = end_reply(session, number, by=actor(), now=now_utc())
    history = url_for("moderated_listings.history", service_id=service_id, done=REPLY_DOWN)
    return redirect(_cell_come_from() or history, 303)


def _cell_come_from() -> str:
    """The cell's page, put together anew from what the address of the page before names; '' for any other page."""
    came = urlsplit(where_from("")).path
    if not came:
        return ""
    endpoint, values = current_app.url_map.bind("").match(came, method="GET")
    return url_for(endpoint, **values, done=REPLY_DOWN) if endpoint == "matrix.cell" else ""


def _own(service_id: int) -> ServiceName:
    """The service, if whoever asks is an owner of its organisation; 403 else, whether there is one or not."""
    who = me()
    if who is not None:
        with current_app.extensions["database"].reading() as session:
            for one in services_of(session, who.owner_of):
                if one.id == service_id:
                    return one
    abort(403)


def _said(service_id: int) -> tuple[ServiceName, tuple[Statement, ...]]:
    service = _own(service_id)
    return service, said_of(matrix_world(), service, today_in_london())
