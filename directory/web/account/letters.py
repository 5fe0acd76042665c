"""The mails about signing in: plain and short, with a subject that tells nobody what the site is about."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from directory.actions.mail.post import Letter
from directory.queries.sign_ins import SigningIn
from directory.reference.hours import now_utc
from directory.web.mail_links import address_in_mail, can_mail_links


def link_letter(who: SigningIn, token: str, *, minutes: int) -> Letter:
    """A link that signs in."""
    body = _(
        "Somebody, we hope you, asked to sign in to Support Directory.\n\n"
        "Open this address and press ‘Sign in’:\n%(address)s\n\n"
        "It works once, for %(minutes)s minutes. If it was not you, do nothing: nobody is signed in.",
        address=address_in_mail("account.link", token=token),
        minutes=minutes,
    )
    return _letter(who, "link", _("Your link to sign in"), body, minutes)


def password_instead_letter(who: SigningIn, *, now: datetime) -> Letter:
    """For staff, whom a link does not sign in. At most one an hour."""
    body = _(
        "Somebody, we hope you, asked for a link to sign in to Support Directory.\n\n"
        "Your account signs in with a passkey, or with its password and a second step:\n%(address)s\n\n"
        "Were there too many attempts? A passkey works nevertheless; and once you have chosen a new password, so does "
        "that, in the browser in which you chose it:\n%(forgotten)s\n\n"
        "If it was not you, do nothing: nobody is signed in.",
        address=address_in_mail("account.sign_in"),
        forgotten=address_in_mail("account.forgotten"),
    )
    subject = _("Signing in")
    key = f"password instead {who.account_id} {now:%Y-%m-%d %H}"
    return Letter(key, who.email, subject, body, who.account_id)


def reset_letter(who: SigningIn, token: str, *, minutes: int) -> Letter:
    """A link to choose a new password."""
    body = _(
        "Somebody, we hope you, asked for a new password for Support Directory.\n\n"
        "Open this address and choose one:\n%(address)s\n\n"
        "It works once, for %(minutes)s minutes. If it was not you, do nothing: your password stays as it is.",
        address=address_in_mail("account.reset", token=token),
        minutes=minutes,
    )
    return _letter(who, "reset", _("A new password"), body, minutes)


def changed_letter(who: SigningIn, what: str) -> Letter:
    """That something one signs in with was changed. what: a whole sentence."""
    # It must not fail where the site does not know its own address: it says then where to look.
    address = address_in_mail("account.forgotten") if can_mail_links() else url_for("account.forgotten")
    body = _(
        "%(what)s\n\n"
        "If it was not you, choose a new password at once:\n%(address)s\n"
        "Then end all other sign-ins on the page of your account, and tell us.",
        what=what,
        address=address,
    )
    return _letter(who, "changed", _("Your account was changed"), body)


def password_changed(who: SigningIn) -> Letter:
    """That there is a new password."""
    return changed_letter(who, _("The password of your account was changed."))


def second_step_changed(who: SigningIn) -> Letter:
    """That a second step was added or removed."""
    return changed_letter(who, _("The second step of signing in to your account was changed."))


def _letter(who: SigningIn, kind: str, subject: str, body: str, minutes: int = 0) -> Letter:
    """minutes: how long its link works; 0 for a mail without one."""
    # Each asked for is another mail: what holds them back is the link, of which there is one in five minutes.
    key = f"{kind} {who.account_id} {secrets.token_hex(8)}"
    ends_at = now_utc() + timedelta(minutes=minutes) if minutes else None
    return Letter(key, who.email, subject, body, who.account_id, ends_at)
