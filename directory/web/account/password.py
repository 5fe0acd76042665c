"""Changing the password, or choosing the first one."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from directory.actions.audit import record
from directory.actions.mail.post import post_mail
from directory.actions.sign_in.attempts import LIMITS, count_attempt, forget_attempts
from directory.actions.sign_in.browsers import end_all_but, new_stamp
from directory.actions.sign_in.links import end_links
from directory.errors import NotFound, RuleBroken
from directory.queries.accounts import SignedIn
from directory.queries.sign_ins import SigningIn, signing_in
from directory.reference.hours import now_utc
from directory.security import sign_in_session
from directory.security.me import actor
from directory.security.sign_in_device import attempt
from directory.security.sign_in_library import account_in, accounts_opened
from directory.security.sign_in_passwords import is_password, set_password
from directory.web.account.blueprint import Answer, bp, whose
from directory.web.account.letters import password_changed
from directory.web.account.security import sign_in_again
from directory.web.database import database
from directory.web.forms.account_forms import ChangePasswordForm, NewPasswordForm


@bp.route("/password", methods=["GET", "POST"])
def password() -> Answer:
    """Asks for the old one too, if there is one. Every other browser is signed out."""
    who = whose()
    with database().reading() as reading:
        owner = signing_in(reading, account_id=who.account_id)
    if owner is None:
        raise NotFound
    if owner.password is None and not sign_in_session.is_fresh(who):
        return sign_in_again()
    kind = ChangePasswordForm if owner.password else NewPasswordForm
    form = kind(formdata=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _page(form), 400
    if isinstance(form, ChangePasswordForm):
        refused = _refused(form, owner)
        if refused is not None:
            return refused
    try:
        _change(who, owner, form.password.data)
    except RuleBroken as broken:
        form.password.errors = [broken.message]
        return _page(form), 400
    return redirect(url_for("account.security", changed="1"), code=303)


def _refused(form: ChangePasswordForm, owner: SigningIn) -> tuple[str, int] | None:
    """The page again, where the old password is wrong, or was wrong too often; None where it is right."""
    tried = attempt("password", owner.email)
    with database().transaction() as opened:
        may_try = count_attempt(opened, tried, now=now_utc())
    if not may_try:
        return _page(form, too_many_minutes=LIMITS["password"].minutes), 429
    if not is_password(form.current.data, owner.password):
        form.current.errors = [_("That is not your password.")]
        return _page(form), 400
    with database().transaction() as opened:
        forget_attempts(opened, tried)
    return None


def _change(who: SignedIn, owner: SigningIn, password: str) -> None:
    """Raises RuleBroken('password') for one that others would guess."""
    now, by = now_utc(), actor()
    with accounts_opened() as opened:
        set_password(opened, account_in(opened, who.account_id), password)
        end_all_but(opened, who.account_id, None, now=now)
        end_links(opened, who.account_id, now=now)
        new_stamp(opened, who.account_id)
        sign_in_session.sign_in(opened, owner, second_factor=who.gave_second_factor)
        post_mail(opened, password_changed(owner), now=now)
        record(opened, by, "change password", "account", who.account_id, now=now)


def _page(form: NewPasswordForm, *, too_many_minutes: int = 0) -> str:
    return render_template("account/password.html", form=form, too_many_minutes=too_many_minutes)
