"""The page behind the link to a new mailbox. Opening it changes nothing: programs that check mail open every link."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.new_mailbox import confirm_mailbox, open_mailbox_link
from directory.errors import NotFound
from directory.reference.hours import now_utc
from directory.security.me import forget_me
from directory.web.database import database
from directory.web.mail_links import address_in_mail

bp = Blueprint("new_mailbox", __name__, url_prefix="/account/new-address")

Answer = BaseResponse | str | tuple[str, int]


def mailbox_link_to(token: str) -> str:
    """The whole address that goes into the mail. Raises RuleBroken('email') where the site does not know its own."""
    return address_in_mail("new_mailbox.show", token=token)


@bp.get("/<token>")
def show(token: str) -> Answer:
    """What would change, and a button. Changes nothing."""
    with database().reading() as session:
        found = open_mailbox_link(session, token, now_utc())
    if found is None:
        return _gone()
    return render_template("organisation_people/new_mailbox.html", email=found.email)


@bp.post("/<token>")
def confirm(token: str) -> Answer:
    """The mailbox says yes, once."""
    try:
        with database().transaction() as session:
            confirm_mailbox(session, token, now=now_utc())
    except NotFound:
        return _gone()
    forget_me()
    return redirect(url_for("new_mailbox.done"), code=303)


@bp.get("/done")
def done() -> str:
    """How to go on, without a word of which account it was."""
    return render_template("organisation_people/new_mailbox_done.html")


def _gone() -> tuple[str, int]:
    return render_template("account/link_gone.html"), 410
