"""The link in a reminder: made, and mailed with the words around it. Only its hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from directory.actions.accounts.tokens import hash_of
from directory.actions.mail.post import Letter, post_mail
from directory.config import UpkeepTimes
from directory.models.upkeep import Reminder
from directory.queries.confirm_link import LINK_PURPOSE, LONG
from directory.queries.upkeep import ON_REQUEST, Mailbox, Upkeep
from directory.reference.hours import LONDON

SUBJECT = "Your listings: are they still right?"
FRESH_SUBJECT = "Your listings: the link you asked for"
NAMES_MAX = 20

_BODY = """Hello,

{asks}

{names}

Please see whether everything is still right, and tell us with one tap:

{link}

The link works {often}, until {until}. It needs no password, so please do not pass it on.

To change anything else, sign in: {site_url}/my-listings
If you do not look after these listings any more, the same page has a box for that.

Support Directory
"""


@dataclass(frozen=True, slots=True)
class Post:
    """From where and when a link is mailed. site_url: where the site is. now: a moment that knows its zone."""

    times: UpkeepTimes
    site_url: str
    now: datetime


def link_hash(token: str) -> str:
    """What is kept of a link. Its purpose is in it: no token of anything else opens this door, nor this one theirs."""
    return hash_of(f"{LINK_PURPOSE}:{token}")


def mail_link(session: Session, upkeep: Upkeep, to: Mailbox, post: Post, *, key: str, step_days: int) -> bool:
    """Make a link for all of the organisation's listings and write the mail; False where one of this key was written.

    step_days: ON_REQUEST for a link that somebody asked for. The caller commits.
    """
    token = secrets.token_urlsafe(32)
    ends_at = post.now + timedelta(days=post.times.reminder_link_days)
    asked_for = step_days == ON_REQUEST
    body = _BODY.format(
        asks="Here is the link you asked for, for these listings:"
        if asked_for
        else f"Support Directory lists this for {upkeep.organisation}:",
        names=_names(tuple(upkeep.names.values())),
        link=f"{post.site_url}/confirm/{token}",
        often="once for each listing" if len(upkeep.listings) > LONG else "once",
        until=f"{ends_at.astimezone(LONDON):%-d %B %Y}",
        site_url=post.site_url,
    )
    subject = FRESH_SUBJECT if asked_for else SUBJECT
    letter = Letter(key, to.email, subject, body, to.account_id, ends_at)
    if not post_mail(session, letter, now=post.now):
        return False
    session.add(
        Reminder(
            organisation_id=upkeep.organisation_id,
            account_id=to.account_id,
            step_days=step_days,
            service_ids=[one.service_id for one in upkeep.listings],
            token_hash=link_hash(token),
            made_at=post.now,
            ends_at=ends_at,
        )
    )
    session.flush()
    return True


def _names(names: tuple[str, ...]) -> str:
    lines = [f"- {name}" for name in names[:NAMES_MAX]]
    if len(names) > NAMES_MAX:
        lines.append(f"- and {len(names) - NAMES_MAX} more")
    return "\n".join(lines)
