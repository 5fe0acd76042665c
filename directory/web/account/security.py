"""What an account signs in with: password, authenticator app, passkeys, recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.audit import record
from directory.actions.mail.post import post_mail
from directory.actions.sign_in.browsers import end_all_but
from directory.queries.accounts import SignedIn
from directory.queries.sign_ins import factors, signing_in
from directory.reference.hours import now_utc
from directory.security.me import STAFF, actor
from directory.security.sign_in_factors import forget_recovery_codes, new_recovery_codes
from directory.security.sign_in_library import account_in, accounts_opened
from directory.security.sign_in_session import is_fresh, sign_in
from directory.web.account.blueprint import Answer, bp, whose
from directory.web.account.letters import second_step_changed
from directory.web.database import database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.models.account import Account


@bp.get("/security")
def security() -> Answer:
    """What is set up, and what can be."""
    who = whose()
    return _page(who)


@bp.post("/security/recovery-codes")
def recovery_codes() -> Answer:
    """New recovery codes, shown this once; the old ones work no more."""
    who = whose()
    if not is_fresh(who):
        return sign_in_again()
    with accounts_opened() as opened:
        account = account_in(opened, who.account_id)
        if not factors(opened, who.account_id).has_second:
            return redirect(url_for("account.security"), code=303)
        codes = new_recovery_codes(account)
        note_change(opened, who, "make recovery codes")
    return codes_page(codes)


def sign_in_again() -> BaseResponse:
    """Back to the form: what opens the account is changed only by somebody who has just signed in."""
    return redirect(url_for("account.sign_in", next=url_for("account.security")), code=303)


def codes_page(codes: list[str]) -> str:
    """Recovery codes. Not after a redirect, as other answers are: they are kept nowhere in a form that can be read."""
    return render_template("account/recovery_codes.html", codes=codes)


def note_change(opened: Session, who: SignedIn, act: str) -> None:
    """Into the log, and a mail to the owner: it may not have been them. The caller commits."""
    now = now_utc()
    record(opened, actor(), act, "account", who.account_id, now=now)
    owner = signing_in(opened, account_id=who.account_id)
    if owner is not None:
        post_mail(opened, second_step_changed(owner), now=now)


def keep_factor(opened: Session, who: SignedIn, account: Account, act: str) -> list[str]:
    """A second factor was just added: note it, and count this sign-in as one that gave it. The caller commits.

    Every other browser is signed out: it has not given it. Returns new recovery codes, for an account that had none.
    """
    codes = [] if account.mf_recovery_codes else new_recovery_codes(account)
    note_change(opened, who, act)
    opened.flush()
    owner = signing_in(opened, account_id=who.account_id)
    if owner is not None:
        end_all_but(opened, who.account_id, None, now=now_utc())
        sign_in(opened, owner, second_factor=True)
    return codes


def must_keep_one(who: SignedIn, opened: Session) -> bool:
    """Whether this is the last second factor of somebody who must have one."""
    can = factors(opened, who.account_id)
    return bool(who.roles & STAFF) and len(can.passkeys) + can.has_authenticator <= 1


def forget_codes_without_factor(opened: Session, account: Account) -> None:
    """Recovery codes stand for a second factor; without one they are none. The caller commits."""
    opened.flush()
    if not factors(opened, account.id).has_second:
        forget_recovery_codes(account)


def refused_to_remove(who: SignedIn) -> tuple[str, int]:
    """The page again: the last second factor of staff stays."""
    return _page(who, must_stay=True), 400


def _page(who: SignedIn, *, must_stay: bool = False) -> str:
    with database().reading() as reading:
        can = factors(reading, who.account_id)
    return render_template(
        "account/security.html",
        who=who,
        can=can,
        is_fresh=is_fresh(who),
        must_set_up=bool(who.roles & STAFF) and not can.has_second,
        must_stay=must_stay,
        is_changed=request.args.get("changed") == "1",
    )
