"""What would never end by itself: accounts that nobody uses, and requests and corrections that nobody decides."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.accounts.decide_request import answer_address
from directory.actions.accounts.own import deactivate
from directory.actions.accounts.standing import THE_SITE_ITSELF
from directory.actions.actor import THE_SITE
from directory.actions.audit import record
from directory.actions.corrections_run_out import close_undecided
from directory.actions.mail.post import Letter, post_mail
from directory.config import PeopleTimes
from directory.errors import RuleBroken
from directory.models.account import Account
from directory.models.membership import ManageRequest
from directory.reference.hours import LONDON

NOBODY_DECIDED = "Nobody could make sure of it in the time we allow."


def end_what_runs_out(session: Session, times: PeopleTimes, now: datetime) -> int:
    """Tell accounts that nobody uses, close those that were told, end old requests and corrections.

    The caller commits.
    Returns how many rows changed. Safe to run as often as anybody likes, by several workers.
    """
    return (
        _tell_idle(session, times, now)
        + _close_idle(session, times, now)
        + _end_requests(session, times, now)
        + close_undecided(session, times.correction_days, now=now)
    )


def _tell_idle(session: Session, times: PeopleTimes, now: datetime) -> int:
    """Once. The mail says by which day to sign in."""
    used = func.coalesce(Account.used_at, Account.made_at)
    idle = session.scalars(
        select(Account)
        .where(
            Account.active.is_(True),
            Account.idle_told_at.is_(None),
            used < now - timedelta(days=times.idle_days),
        )
        .order_by(Account.id)
        .with_for_update()
    ).all()
    until = now + timedelta(days=times.notice_days)
    for account in idle:
        account.idle_told_at = now
        body = "\n\n".join(
            (
                "Hello,",
                "nobody has signed in with your account in Support Directory for a long time. It will be closed, so "
                "that nobody else can use it.",
                f"To keep it, sign in by {until.astimezone(LONDON):%-d %B %Y}. Otherwise there is nothing to do.",
                "Support Directory",
            )
        )
        letter = Letter(f"idle {account.id} {now:%Y-%m-%d}", account.email, "Your account", body, account.id)
        post_mail(session, letter, now=now)
        record(session, THE_SITE, "tell idle account", "account", account.id, now=now)
    return len(idle)


def _close_idle(session: Session, times: PeopleTimes, now: datetime) -> int:
    told = session.scalars(
        select(Account.id)
        .where(Account.active.is_(True), Account.idle_told_at < now - timedelta(days=times.notice_days))
        .order_by(Account.id)
        .with_for_update()
    ).all()
    closed = 0
    for account_id in told:
        # The last administrator stays: without one nobody could open an account again.
        with suppress(RuleBroken):
            deactivate(session, account_id, by=THE_SITE_ITSELF, now=now)
            closed += 1
    return closed


def _end_requests(session: Session, times: PeopleTimes, now: datetime) -> int:
    old = session.scalars(
        select(ManageRequest)
        .where(
            ManageRequest.state == "waiting",
            ManageRequest.made_at < now - timedelta(days=times.request_days),
        )
        .order_by(ManageRequest.id)
        .with_for_update()
    ).all()
    for request in old:
        request.state, request.decided_at, request.reason = "refused", now, NOBODY_DECIDED
        record(session, THE_SITE, "let request run out", "request", request.id, now=now, kind=request.kind)
        address, account_id = answer_address(session, request)
        if not address:
            continue
        body = "\n\n".join(
            (
                "Hello,",
                "you wrote to Support Directory, and we are sorry: nobody could make sure in time of what you asked "
                "for. Nothing has changed.",
                "You may ask again.",
                "Support Directory",
            )
        )
        letter = Letter(f"request {request.id} ran out", address, "Your request", body, account_id)
        post_mail(session, letter, now=now)
    return len(old)
