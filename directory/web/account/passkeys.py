"""Adding a passkey, and taking one away."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from directory.errors import NotFound
from directory.queries.accounts import SignedIn
from directory.security import sign_in_session
from directory.security.sign_in_library import account_in, accounts_opened
from directory.security.sign_in_passkeys import add_passkey, options_to_add, remove_passkey
from directory.web.account.blueprint import Answer, bp, whose
from directory.web.account.challenge import keep_challenge, take_challenge
from directory.web.account.security import (
    codes_page,
    forget_codes_without_factor,
    keep_factor,
    must_keep_one,
    note_change,
    refused_to_remove,
    sign_in_again,
)
from directory.web.forms.account_forms import PasskeyForm


@bp.route("/security/passkey", methods=["GET", "POST"])
def passkey() -> Answer:
    """Name it; posted with what the browser made, it is kept. Needs the page's script: passkeys do."""
    who = whose()
    if not sign_in_session.is_fresh(who):
        return sign_in_again()
    form = PasskeyForm(formdata=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form, who)
    if not form.validate():
        return _page(form, who), 400
    challenge = take_challenge("add")
    codes: list[str] = []
    with accounts_opened() as opened:
        account = account_in(opened, who.account_id)
        credential = request.form.get("credential", "")
        is_added = bool(challenge) and add_passkey(account, form.name.data.strip(), credential, challenge)
        if is_added:
            codes = keep_factor(opened, who, account, "add passkey")
    if not is_added:
        form.name.errors = [_("No passkey was made. Try again, or set up an authenticator app.")]
        return _page(form, who), 400
    return codes_page(codes) if codes else redirect(url_for("account.security", changed="1"), code=303)


@bp.post("/security/passkey/<int(max=2147483647):passkey_id>/remove", endpoint="remove_passkey")
def remove_passkey_of(passkey_id: int) -> Answer:
    """Without it from now on. Staff keep at least one second factor."""
    who = whose()
    if not sign_in_session.is_fresh(who):
        return sign_in_again()
    with accounts_opened() as opened:
        account = account_in(opened, who.account_id)
        if all(key.id != passkey_id for key in account.webauthn):
            raise NotFound
        refused = must_keep_one(who, opened)
        if not refused:
            remove_passkey(account, passkey_id)
            forget_codes_without_factor(opened, account)
            note_change(opened, who, "remove passkey")
    return refused_to_remove(who) if refused else redirect(url_for("account.security", changed="1"), code=303)


def _page(form: PasskeyForm, who: SignedIn) -> str:
    with accounts_opened() as opened:
        options = options_to_add(account_in(opened, who.account_id), keep_challenge("add"))
    return render_template("account/passkey.html", form=form, options=options)
