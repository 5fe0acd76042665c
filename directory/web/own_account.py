"""What somebody says of themselves: what they are, and that they would like another e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request, url_for

from directory.actions.accounts.ask import ask_to_change_email
from directory.actions.accounts.own import change_title
from directory.queries.accounts import SignedIn
from directory.reference.hours import now_utc
from directory.security.me import me
from directory.web.form_page import Answer, form_page
from directory.web.forms.people_forms import ChangeEmailForm, TitleForm
from directory.web.standing import standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

bp = Blueprint("own_account", __name__, url_prefix="/account")


@bp.route("/title", methods=["GET", "POST"])
def title() -> Answer:
    """What the person is."""
    who = _whose()
    form = TitleForm(data={"title": who.title})

    def save(session: Session) -> None:
        change_title(session, who.account_id, form.title.data or "", by=standing(), now=now_utc())

    def page() -> str:
        return render_template("organisation_people/title.html", form=form, done=request.args.get("done", ""))

    return form_page(form, save, done=url_for("own_account.title", done="saved"), page=page)


@bp.route("/email", methods=["GET", "POST"])
def email() -> Answer:
    """Ask for another address. The answer never tells whether that one has an account."""
    who = _whose()
    form = ChangeEmailForm()

    def ask(session: Session) -> None:
        ask_to_change_email(
            session, form.email.data or "", form.words.data or "", by=standing(), now=now_utc()
        )

    def page() -> str:
        return render_template(
            "organisation_people/email.html", form=form, address=who.email, done=request.args.get("done", "")
        )

    return form_page(form, ask, done=url_for("own_account.email", done="asked"), page=page)


def _whose() -> SignedIn:
    who = me()
    if who is None:
        abort(401)
    return who
