"""Signing this browser in and out. The session cookie holds a random token and, between two steps, what was given.

At every step up the whole session is made anew: a cookie that somebody planted before is worth nothing after.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app, request, session

from directory.actions.sign_in.browsers import (
    MOVED_AT_MOST_EVERY,
    NewSignIn,
    begin_sign_in,
    end_sign_in,
    keep_on,
)
from directory.config import SignInTimes
from directory.queries.accounts import SignedIn
from directory.queries.sign_ins import SigningIn
from directory.reference.hours import now_utc
from directory.security.me import TOKEN, forget_me, me, token_hash
from directory.security.sign_in_device import device_words, know_browser, write_known

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HALF_WAY = "half_way"
HALF_WAY_S = 10 * 60
FRESH_S = 30 * 60
"""So long after signing in, what opens the account may be changed without signing in again."""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Somebody who gave a password or a link, and has yet to give the second factor. next_path: a page of ours.

    stamp: the account's when they gave it. It is another one after a new password, and then nothing was given.
    """

    account_id: int
    next_path: str
    stamp: str


def times() -> SignInTimes:
    """How long a sign-in lasts here."""
    found: SignInTimes = current_app.config["SETTINGS"].sign_in
    return found


def sign_in(opened: Session, who: SigningIn, *, second_factor: bool) -> None:
    """This browser is signed in from now on; what it was signed in to before has ended. The caller commits."""
    now = now_utc()
    end_here(opened)
    token = secrets.token_urlsafe(32)
    new = NewSignIn(who.account_id, token_hash(token), device_words(), second_factor)
    begin_sign_in(opened, new, times(), now=now)
    session[TOKEN] = token
    know_browser(who.email)
    forget_me()


def wait_for_second_factor(opened: Session, who: SigningIn, next_path: str) -> None:
    """Half signed in: nothing is open yet. The caller commits."""
    end_here(opened)
    session[HALF_WAY] = {
        "account": who.account_id,
        "at": int(time.time()),
        "next": next_path,
        "stamp": who.stamp,
    }


def half_way() -> HalfWay | None:
    """Who has yet to give the second factor in this browser; None after ten minutes."""
    kept = session.get(HALF_WAY)
    if not isinstance(kept, dict):
        return None
    if not 0 <= time.time() - kept["at"] <= HALF_WAY_S:
        return None
    return HalfWay(kept["account"], kept["next"], str(kept.get("stamp", "")))


def end_here(opened: Session) -> None:
    """Signed out in this browser, if it was signed in; its session is empty. The caller commits."""
    token = session.get(TOKEN)
    if isinstance(token, str) and token:
        end_sign_in(opened, token_hash(token), now=now_utc())
    session.clear()
    forget_me()


def leave() -> None:
    """Signed out, at the way out of the site or the page for it. Never raises: leaving must always work."""
    try:
        if session.get(TOKEN):
            with current_app.extensions["database"].transaction(wait_s=1.0) as opened:
                end_here(opened)
    except Exception:  # The cookie goes in any case, and the sign-in ends by itself.
        current_app.logger.exception("Could not end a sign-in")
    if session:
        session.clear()
    forget_me()


def is_fresh(who: SignedIn) -> bool:
    """Signed in so lately, and with all that is set up, that it is surely still the same person."""
    lately = (now_utc() - who.started_at).total_seconds() <= FRESH_S
    return lately and (who.gave_second_factor or not who.has_second_factor)


def init_sign_in(app: Flask) -> None:
    """Keep on whoever is there, and write the cookie of a browser that has signed in."""
    app.before_request(_keep_on)
    app.after_request(write_known)


def _keep_on() -> None:
    """Somebody who is signed in has asked for a page: their time begins again, at most once in five minutes."""
    if request.endpoint in {None, "static"} or not session.get(TOKEN):
        return
    if request.endpoint in {"door.leave", "account.sign_out"}:
        # Whoever is leaving needs no more time, and must not wait for a database that does not answer.
        return
    who = me()
    now = now_utc()
    if who is None or now - who.seen_at < MOVED_AT_MOST_EVERY:
        return
    try:
        with current_app.extensions["database"].transaction(wait_s=1.0) as opened:
            keep_on(opened, who.sign_in_id, who.started_at, times(), now=now)
    except Exception:  # Reading a page must not fail because it could not be noted down.
        current_app.logger.exception("Could not keep a sign-in on")
