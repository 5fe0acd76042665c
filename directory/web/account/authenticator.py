"""Setting up an authenticator app, and taking it away."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from directory.security import sign_in_session
from directory.security.sign_in_factors import (
    is_code,
    new_secret,
    set_authenticator,
    shown,
)
from directory.security.sign_in_library import account_in, accounts_opened
from directory.web.account.blueprint import Answer, bp, whose
from directory.web.account.security import (
    codes_page,
    forget_codes_without_factor,
    keep_factor,
    must_keep_one,
    note_change,
    refused_to_remove,
    sign_in_again,
)
from directory.web.forms.account_forms import CodeForm

SECRET = "authenticator"  # noqa: S105  # the name of a field; what it holds is encrypted


@bp.route("/security/authenticator", methods=["GET", "POST"])
def authenticator() -> Answer:
    """The code to scan; posted with a right code of the app, it is set up."""
    who = whose()
    if not sign_in_session.is_fresh(who):
        return sign_in_again()
    form = CodeForm(formdata=request.form if request.method == "POST" else None)
    secret = session.get(SECRET)
    if not isinstance(secret, str):
        # Also for a form whose secret is gone: its code belongs to none.
        secret = session[SECRET] = new_secret()
    if request.method != "POST":
        return _page(form, secret, who.email)
    if not form.validate():
        return _page(form, secret, who.email), 400
    codes: list[str] = []
    with accounts_opened() as opened:
        account = account_in(opened, who.account_id)
        is_right = is_code(account, form.code.data, secret)
        if is_right:
            set_authenticator(account, secret)
            codes = keep_factor(opened, who, account, "set up authenticator")
    if not is_right:
        form.code.errors = [_("That code is not right. Wait for the next one and enter it.")]
        return _page(form, secret, who.email), 400
    return codes_page(codes) if codes else redirect(url_for("account.security", changed="1"), code=303)


@bp.post("/security/authenticator/remove")
def remove_authenticator() -> Answer:
    """Without it from now on. Staff keep at least one second factor."""
    who = whose()
    if not sign_in_session.is_fresh(who):
        return sign_in_again()
    with accounts_opened() as opened:
        # Before looking how many there are: of two requests at once, the other waits.
        account = account_in(opened, who.account_id)
        refused = must_keep_one(who, opened)
        if not refused:
            set_authenticator(account, None)
            forget_codes_without_factor(opened, account)
            note_change(opened, who, "remove authenticator")
    return refused_to_remove(who) if refused else redirect(url_for("account.security", changed="1"), code=303)


def _page(form: CodeForm, secret: str, email: str) -> str:
    return render_template("account/authenticator.html", form=form, new=shown(secret, email))
