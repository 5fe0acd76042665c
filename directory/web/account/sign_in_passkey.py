"""Signing in with a passkey alone: the device is one factor, and unlocking it is the other."""

from __future__ import annotations

from flask import Response, redirect, request, url_for

from directory.queries.sign_ins import signing_in
from directory.security import sign_in_session
from directory.security.own_path import own_path
from directory.security.sign_in_library import accounts_opened
from directory.security.sign_in_passkeys import options_to_sign_in, whose_passkey
from directory.web.account.blueprint import Answer, bp
from directory.web.account.challenge import keep_challenge, take_challenge
from directory.web.account.sign_in import no_passkey


@bp.post("/sign-in/passkey/options")
def passkey_options() -> Response:
    """What the browser needs to ask for one. Posted for, since the challenge is kept in a cookie: reading sets none."""
    return Response(options_to_sign_in(keep_challenge("sign in")), mimetype="application/json")


@bp.post("/sign-in/passkey")
def sign_in_passkey() -> Answer:
    """What the browser made of the page's challenge. No answer tells whether the passkey or the account was wrong."""
    challenge = take_challenge("sign in")
    with accounts_opened() as opened:
        account_id = (
            whose_passkey(opened, request.form.get("credential", ""), challenge) if challenge else None
        )
        who = signing_in(opened, account_id=account_id) if account_id else None
        if who is not None:
            sign_in_session.sign_in(opened, who, second_factor=True)
    if who is None:
        return no_passkey()
    return redirect(own_path(request.form.get("next")) or url_for("account.home"), code=303)
