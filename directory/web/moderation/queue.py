"""The moderators' queue, the written steps for a message that reads like danger, and the log of acts."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound as NoSuchPage

from directory.queries.corrections_closing import SOON_DAYS, closing_soon
from directory.queries.mail import MailHealth, list_mail, mail_health
from directory.queries.manage_requests import waiting_requests
from directory.queries.moderation import (
    ACTS_ON_A_PAGE,
    KINDS,
    acts,
    count_down,
    count_unread,
    kinds_of_acts,
    oldest_wait,
)
from directory.queries.moderation import queue as whole_queue
from directory.reference.hours import now_utc, today_in_london
from directory.reference.working_days import AIM_DAYS
from directory.security.me import me
from directory.web.cell_words import column_label
from directory.web.moderation.words import KIND_LABELS, waited
from directory.web.page_of import last_page, page_asked, page_of
from directory.web.parts import row_of_pages

bp = Blueprint("moderation", __name__)

NOT_SENT = ("failed", "given up", "unsure")
MAILS_ON_A_PAGE = 50
ITEMS_ON_A_PAGE = 50


@bp.get("/moderation")
def queue() -> str:
    """What waits, the oldest first; what reads like danger before all else."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    who = me()
    with current_app.extensions["database"].reading() as session:
        items = whole_queue(session, kind)
        oldest = oldest_wait(session)
        down, unread = count_down(session), count_unread(session)
        requests = len(waiting_requests(session))
        open_days = current_app.config["SETTINGS"].people.correction_days
        closing = closing_soon(session, open_days, now_utc())
        health = mail_health(session, now_utc())
    shown, pages = page_of(
        items, ITEMS_ON_A_PAGE, lambda number: url_for("moderation.queue", kind=kind or None, page=number)
    )
    return render_template(
        "moderation/queue.html",
        items=shown,
        count=len(items),
        pages=pages,
        kind=kind,
        kinds=KIND_LABELS,
        kind_words={**KIND_LABELS, "request": _("Request about an owner")},
        requests=requests,
        mail_words=_mail_words(health, now_utc()),
        oldest=oldest,
        down=down,
        unread=unread,
        closing=closing,
        soon_days=SOON_DAYS,
        sees_acts=who is not None and "administrator" in who.roles,
        today=today_in_london(),
        waited=waited,
        column_label=column_label,
        aim=AIM_DAYS,
    )


@bp.get("/moderation/steps")
def steps() -> str:
    """What to do with a message that reads like danger."""
    return render_template("moderation/steps.html")


@bp.get("/moderation/mail")
def mail() -> str:
    """What became of mail that has not arrived, and what to do about it."""
    with current_app.extensions["database"].reading() as session:
        health = mail_health(session, now_utc())
        stuck = [one for state in NOT_SENT for one in list_mail(session, state=state, most=MAILS_ON_A_PAGE)]
    return render_template(
        "moderation/mail.html", health=health, stuck=stuck, words=_mail_words(health, now_utc())
    )


def _mail_words(health: MailHealth, now: datetime) -> str:
    """'3 wait, the oldest for 2 hours; 1 unsure; none failed.'"""
    waiting, unsure = health.counts["waiting"] + health.counts["claimed"], health.counts["unsure"]
    parts = [ngettext("%(num)s waits to be sent", "%(num)s wait to be sent", waiting)]
    if health.oldest_waiting is not None:
        minutes = max(0, int((now - health.oldest_waiting).total_seconds())) // 60
        parts.append(
            ngettext("the oldest for %(num)s hour", "the oldest for %(num)s hours", minutes // 60)
            if minutes >= 60
            else ngettext("the oldest for %(num)s minute", "the oldest for %(num)s minutes", minutes)
        )
    parts += [
        ngettext("%(num)s unsure", "%(num)s unsure", unsure),
        ngettext(
            "%(num)s not sent, for a person to look at",
            "%(num)s not sent, for a person to look at",
            health.to_look_at,
        ),
    ]
    return "; ".join(str(part) for part in parts)


@bp.get("/moderation/acts", endpoint="acts")
def acts_page() -> str:
    """Who did what, when; by what it was about and by the act."""
    about, act, page = request.args.get("about", ""), request.args.get("act", ""), page_asked()
    with current_app.extensions["database"].reading() as session:
        found, count = acts(session, about=about, act=act, page=page)
        abouts, names = kinds_of_acts(session)
    last = last_page(count, ACTS_ON_A_PAGE)
    if page > last:
        raise NoSuchPage
    return render_template(
        "moderation/acts.html",
        acts=found,
        count=count,
        about=about,
        act=act,
        abouts=abouts,
        names=names,
        pages=row_of_pages(
            page, last, lambda number: url_for("moderation.acts", about=about, act=act, page=number)
        ),
    )
