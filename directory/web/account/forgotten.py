"""A new password for somebody who has forgotten theirs, by a link in a mail."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.mail.post import post_mail
from directory.actions.sign_in.attempts import forget_passwords_of
from directory.actions.sign_in.browsers import end_all_but, new_stamp
from directory.actions.sign_in.links import end_links, open_link, use_link
from directory.errors import RuleBroken
from directory.queries.sign_ins import signing_in
from directory.reference.hours import now_utc
from directory.security.me import token_hash
from directory.security.sign_in_device import hidden, know_browser
from directory.security.sign_in_library import account_in, accounts_opened
from directory.security.sign_in_passwords import set_password
from directory.web.account.ask_link import ask_link
from directory.web.account.blueprint import Answer, bp
from directory.web.account.letters import password_changed
from directory.web.database import database
from directory.web.forms.account_forms import EmailForm, NewPasswordForm
from directory.web.mail_links import can_mail_links


@bp.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Answer:
    """Ask for the mail. The answer is the same for every address."""
    form = EmailForm(formdata=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _page(form), 400
    ask_link(form.address, "reset")
    return redirect(url_for("account.check_mail"), code=303)


@bp.route("/forgotten/<token>", methods=["GET", "POST"])
def reset(token: str) -> Answer:
    """Choose the new password. It ends every sign-in and every other link; the second step stays as it is."""
    now, hashed = now_utc(), token_hash(token)
    form = NewPasswordForm(formdata=request.form if request.method == "POST" else None)
    with database().reading() as reading:
        found = open_link(reading, "reset", hashed, now=now)
    if found is None:
        return render_template("account/link_gone.html"), 410
    if request.method != "POST":
        return _reset_page(form)
    if not form.validate():
        return _reset_page(form), 400
    try:
        with accounts_opened() as opened:
            used = use_link(opened, "reset", hashed, now=now)
            who = signing_in(opened, account_id=used.account_id) if used else None
            if used is None or who is None:
                return render_template("account/link_gone.html"), 410
            # A password that is refused raises, and the link is not used up.
            set_password(opened, account_in(opened, who.account_id), form.password.data)
            end_all_but(opened, who.account_id, None, now=now)
            new_stamp(opened, who.account_id)
            end_links(opened, who.account_id, now=now)
            forget_passwords_of(opened, hidden("address", who.email), now=now)
            post_mail(opened, password_changed(who), now=now)
            by = Actor(who.account_id, "the owner of the account")
            record(opened, by, "reset password", "account", who.account_id, now=now)
    except RuleBroken as broken:
        form.password.errors = [broken.message]
        return _reset_page(form), 400
    # Whoever has her mailbox and the new password is not kept out by those who guess at it from elsewhere.
    know_browser(who.email)
    return redirect(url_for("account.sign_in", changed="password"), code=303)


def _page(form: EmailForm) -> str:
    return render_template("account/forgotten.html", form=form, can_mail=can_mail_links())


def _reset_page(form: NewPasswordForm) -> str:
    return render_template("account/reset.html", form=form)
