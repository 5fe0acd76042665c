"""What somebody says of themselves: what they are, and that they would like another e-mail address."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.ask import ask_to_change_email
from directory.actions.accounts.own import change_title
from directory.errors import RuleBroken
from directory.queries.accounts import SignedIn
from directory.reference.hours import now_utc
from directory.security.me import me
from directory.web.database import database
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import ChangeEmailForm, TitleForm
from directory.web.standing import or_forbidden, standing

bp = Blueprint("own_account", __name__, url_prefix="/account")

Answer = BaseResponse | str | tuple[str, int]


@bp.route("/title", methods=["GET", "POST"])
def title() -> Answer:
    """What the person is."""
    who = _whose()
    form = TitleForm(data={"title": who.title})
    status = 200
    if request.method == "POST":
        status = 400
        if form.validate():
            try:
                with or_forbidden(), database().transaction() as session:
                    change_title(session, who.account_id, form.title.data or "", by=standing(), now=now_utc())
                return redirect(url_for("own_account.title", done="saved"), code=303)
            except RuleBroken as broken:
                show_broken(form, broken)
    page = render_template("organisation_people/title.html", form=form, done=request.args.get("done", ""))
    return page, status


@bp.route("/email", methods=["GET", "POST"])
def email() -> Answer:
    """Ask for another address. The answer never tells whether that one has an account."""
    who = _whose()
    form = ChangeEmailForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.validate():
            try:
                with or_forbidden(), database().transaction() as session:
                    ask_to_change_email(
                        session, form.email.data or "", form.words.data or "", by=standing(), now=now_utc()
                    )
                return redirect(url_for("own_account.email", done="asked"), code=303)
            except RuleBroken as broken:
                show_broken(form, broken)
    page = render_template(
        "organisation_people/email.html", form=form, address=who.email, done=request.args.get("done", "")
    )
    return page, status


def _whose() -> SignedIn:
    who = me()
    if who is None:
        abort(401)
    return who
