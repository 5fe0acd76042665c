"""The browsers that are signed in to an account; each can be ended from any other."""

from __future__ import annotations

from flask import redirect, render_template, url_for

from directory.actions.audit import record
from directory.actions.sign_in.browsers import end_all_but, end_one
from directory.errors import NotFound
from directory.queries.sign_ins import sign_ins
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.account.blueprint import Answer, bp, whose
from directory.web.database import database


@bp.get("/sessions")
def sessions() -> Answer:
    """Which device, since when, last seen."""
    who = whose()
    with database().reading() as reading:
        found = sign_ins(reading, who.account_id, now_utc())
    return render_template("account/sessions.html", sign_ins=found, here=who.sign_in_id)


@bp.post("/sessions/<int(max=2147483647):sign_in_id>/end")
def end_session(sign_in_id: int) -> Answer:
    """One is signed out."""
    who, now = whose(), now_utc()
    with database().transaction() as opened:
        if not end_one(opened, who.account_id, sign_in_id, now=now):
            raise NotFound
        record(opened, actor(), "end sign-in", "account", who.account_id, now=now)
    return redirect(url_for("account.sessions"), code=303)


@bp.post("/sessions/end-others")
def end_other_sessions() -> Answer:
    """All are signed out but this one."""
    who, now = whose(), now_utc()
    with database().transaction() as opened:
        end_all_but(opened, who.account_id, who.sign_in_id, now=now)
        record(opened, actor(), "end other sign-ins", "account", who.account_id, now=now)
    return redirect(url_for("account.sessions"), code=303)
