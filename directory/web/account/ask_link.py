"""A mail with a link is asked for: written where the address has an account, and the same work done where it has none.

Otherwise the time until the answer would tell. What is not to stay is written, too, and taken back before anybody
can see it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from directory.actions.mail.post import Letter, post_mail
from directory.actions.sign_in.links import NewLink, link_time, store_link
from directory.queries.sign_ins import signing_in_or_another
from directory.reference.hours import now_utc
from directory.security.me import token_hash
from directory.security.sign_in_device import is_own_browser
from directory.security.sign_in_session import times
from directory.web.account.letters import link_letter, password_instead_letter, reset_letter
from directory.web.database import database
from directory.web.mail_links import can_mail_links

LETTERS: dict[str, Callable[..., Letter]] = {"sign in": link_letter, "reset": reset_letter}


def ask_link(email: str, kind: str, next_path: str = "") -> None:
    """Write the mail, if there is one to write. kind: 'sign in' or 'reset'. next_path: a page of ours, or ''."""
    if not can_mail_links():
        return
    now, token = now_utc(), secrets.token_urlsafe(32)
    usual_min, is_own = times().link_min, is_own_browser(email)
    with database().transaction() as opened:
        who = signing_in_or_another(opened, email)
        if who is None:
            return
        is_theirs = who.email == email
        # No link signs staff in: they are sent a mail that says so.
        is_refused = is_theirs and kind == "sign in" and who.is_staff
        may, minutes = link_time(
            opened, who.account_id, kind, minutes=usual_min, now=now, is_own_browser=is_own
        )
        link_part = opened.begin_nested()
        store_link(
            opened, NewLink(who.account_id, kind, token_hash(token), next_path), minutes=minutes, now=now
        )
        link_stays = is_theirs and may and not is_refused
        link_part.commit() if link_stays else link_part.rollback()
        mail_part = opened.begin_nested()
        mail_stays = link_stays
        if is_refused:
            mail_stays = post_mail(opened, password_instead_letter(who, now=now), now=now)
        if not (is_refused and mail_stays):
            post_mail(opened, LETTERS[kind](who, token, minutes=minutes), now=now)
        mail_part.commit() if mail_stays else mail_part.rollback()
