"""Signing in with a password, or asking for a link; and signing out. No answer tells whether an account exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.sign_in.attempts import LIMITS, count_attempt, forget_attempts
from directory.queries.sign_ins import SigningIn, signing_in
from directory.reference.hours import now_utc
from directory.security import sign_in_session
from directory.security.me import me
from directory.security.own_path import own_path
from directory.security.sign_in_device import attempt
from directory.security.sign_in_passwords import is_password
from directory.web.account.ask_link import ask_link
from directory.web.account.blueprint import Answer, bp
from directory.web.database import database
from directory.web.forms.account_forms import EmailForm, SignInForm
from directory.web.mail_links import can_mail_links

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """The form; posted with `link`, a mail instead of the password."""
    if request.method != "POST":
        return _page(SignInForm(formdata=None))
    if "link" in request.form:
        asked = EmailForm(formdata=request.form)
        if not asked.validate():
            form = SignInForm(formdata=request.form)
            form.email.errors = asked.email.errors
            return _page(form), 400
        ask_link(asked.address, "sign in", own_path(request.form.get("next")))
        return redirect(url_for("account.check_mail"), code=303)
    form = SignInForm(formdata=request.form)
    if not form.validate():
        return _page(form), 400
    return _with_password(form)


def _with_password(form: SignInForm) -> Answer:
    email = form.address
    tried = attempt("password", email)
    with database().transaction() as opened:
        may_try = count_attempt(opened, tried, now=now_utc())
    if not may_try:
        return too_many(form)
    with database().reading() as reading:
        who = signing_in(reading, email=email)
    # Outside of the transaction, since it takes long; and always, so that it takes as long for everyone.
    is_right = is_password(form.password.data, who.password if who else None)
    if who is None or not is_right:
        form.password.errors = [_("The e-mail address or the password is wrong.")]
        return _page(form), 400
    with database().transaction() as opened:
        forget_attempts(opened, tried)
        address = go_on(opened, who, own_path(request.form.get("next")))
    return redirect(address, code=303)


def go_on(opened: Session, who: SigningIn, next_path: str) -> str:
    """After a right password or link: signed in, or the second step first. Returns where to. The caller commits."""
    if who.has_second_factor:
        sign_in_session.wait_for_second_factor(opened, who, next_path)
        return url_for("account.second_factor")
    sign_in_session.sign_in(opened, who, second_factor=False)
    # Staff can do nothing until they have set one up.
    return url_for("account.security") if who.is_staff else next_path or url_for("account.home")


@bp.get("/check-mail")
def check_mail() -> str:
    """Where a mail was asked for: the same for every address."""
    return render_template("account/check_mail.html", minutes=sign_in_session.times().link_min)


@bp.route("/sign-out", methods=["GET", "POST"])
def sign_out() -> Answer:
    """Signed out in this browser; and, read, whether one is."""
    if request.method == "POST":
        sign_in_session.leave()
        response: BaseResponse = redirect(url_for("account.sign_out"), code=303)
        return response
    return render_template("account/sign_out.html", is_signed_in=me() is not None)


def too_many(form: SignInForm) -> tuple[str, int]:
    """The page for too many attempts: says what still works. The same for every address."""
    minutes = LIMITS["password"].minutes
    return _page(form, too_many_minutes=minutes), 429


def no_passkey() -> tuple[str, int]:
    """The form again, for somebody whose passkey did not answer: says so, and that the other ways still work."""
    return _page(SignInForm(formdata=None), passkey_failed=True), 400


def _page(form: SignInForm | EmailForm, *, too_many_minutes: int = 0, passkey_failed: bool = False) -> str:
    return render_template(
        "account/sign_in.html",
        form=form,
        next_path=own_path(request.values.get("next")),
        too_many_minutes=too_many_minutes,
        can_mail=can_mail_links(),
        is_changed=request.args.get("changed") == "password",
        passkey_failed=passkey_failed,
    )
