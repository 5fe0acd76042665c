"""The second step of signing in: a code of an authenticator app, a passkey, or a recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from directory.actions.sign_in.attempts import LIMITS, count_attempt, forget_attempts
from directory.queries.sign_ins import Factors, SigningIn, factors, signing_in
from directory.reference.hours import now_utc
from directory.security import sign_in_session
from directory.security.me import me
from directory.security.own_path import own_path
from directory.security.sign_in_device import attempt
from directory.security.sign_in_factors import is_code, use_recovery_code
from directory.security.sign_in_library import account_in, accounts_opened
from directory.security.sign_in_passkeys import is_passkey, options_to_ask
from directory.web.account.blueprint import Answer, bp
from directory.web.account.challenge import keep_challenge, take_challenge
from directory.web.database import database
from directory.web.forms.account_forms import CodeForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.models.account import Account

WAYS = ("code", "passkey", "recovery")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for it, what they can give, and where they want to go on to."""

    who: SigningIn
    can: Factors
    next_path: str


@bp.route("/second-factor", methods=["GET", "POST"])
def second_factor() -> Answer:
    """Ask for it; posted, compare it and sign in."""
    asked = _asked()
    if asked is None:
        signed_in = me()
        if signed_in is None:
            return redirect(url_for("account.sign_in"), code=303)
        # Given already; or staff who have none yet.
        has_none = not signed_in.gave_second_factor
        return redirect(url_for("account.security" if has_none else "account.home"), code=303)
    form = CodeForm(formdata=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(asked, form)
    way = request.form.get("way", "code")
    if way not in WAYS:
        way = "code"
    if way != "passkey" and not form.validate():
        return _page(asked, form, way), 400
    tried = attempt("recovery" if way == "recovery" else "code", asked.who.email)
    with database().transaction() as opened:
        may_try = count_attempt(opened, tried, now=now_utc())
    if not may_try:
        return _page(asked, form, way, too_many_minutes=LIMITS["code"].minutes), 429
    with accounts_opened() as opened:
        account = account_in(opened, asked.who.account_id)
        # Also for a new password that was chosen since this page was asked for.
        is_right = account.fs_uniquifier == asked.who.stamp and _is_right(opened, account, way, form)
        if is_right:
            forget_attempts(opened, tried)
            sign_in_session.sign_in(opened, asked.who, second_factor=True)
    if is_right:
        return redirect(asked.next_path or url_for("account.home"), code=303)
    words = {
        "code": _("That code is not right, or was used. Wait for the next one and enter it."),
        "recovery": _("That is none of your recovery codes, or it was used."),
        "passkey": _("The passkey did not answer, or is none of this account. Try again, or use a code."),
    }
    form.code.errors = [words[way]]
    return _page(asked, form, way), 400


def _is_right(opened: Session, account: Account, way: str, form: CodeForm) -> bool:
    if way == "passkey":
        challenge = take_challenge("ask")
        return bool(challenge) and is_passkey(opened, account, request.form.get("credential", ""), challenge)
    if way == "recovery":
        return use_recovery_code(account, form.code.data)
    return is_code(account, form.code.data)


def _asked() -> Asked | None:
    half, signed_in = sign_in_session.half_way(), me()
    if half is not None:
        account_id, next_path = half.account_id, half.next_path
    elif signed_in is not None and not signed_in.gave_second_factor:
        account_id, next_path = signed_in.account_id, own_path(request.args.get("next"))
    else:
        return None
    with database().reading() as reading:
        who = signing_in(reading, account_id=account_id)
        if who is None or not who.has_second_factor or (half is not None and half.stamp != who.stamp):
            return None
        return Asked(who, factors(reading, account_id), next_path)


def _page(asked: Asked, form: CodeForm, way: str = "", *, too_many_minutes: int = 0) -> str:
    options = ""
    if asked.can.passkeys:
        with accounts_opened() as opened:
            options = options_to_ask(account_in(opened, asked.who.account_id), keep_challenge("ask"))
    return render_template(
        "account/second_factor.html",
        form=form,
        can=asked.can,
        way=way or ("code" if asked.can.has_authenticator else "passkey"),
        options=options,
        too_many_minutes=too_many_minutes,
    )
