"""Ask an organisation by mail whether its listings are still right, when its time has come."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import THE_SITE
from directory.actions.audit import record
from directory.actions.upkeep.link import Post, link_hash, mail_link
from directory.models.organisation import Organisation
from directory.models.upkeep import Reminder
from directory.queries.refused_reminders import reminder_key
from directory.queries.upkeep import ON_REQUEST, upkeep_of
from directory.reference.hours import LONDON
from directory.reference.upkeep_rules import step_due


def remind(session: Session, organisation_id: int, post: Post) -> int | None:
    """Write the mail that is due, and return its step (90, 120 …); None where none is. The caller commits.

    Whoever comes at the same time waits for the organisation's row and then finds the mail written.
    """
    _wait_for(session, organisation_id)
    upkeep = upkeep_of(session, organisation_id)
    today = post.now.astimezone(LONDON).date()
    step = step_due(upkeep.listings, upkeep.asked, today, post.times) if upkeep else None
    if upkeep is None or step is None:
        return None
    key = reminder_key(organisation_id, today)
    if not mail_link(session, upkeep, upkeep.whose_turn, post, key=key, step_days=step):
        return None
    record(session, THE_SITE, "send reminder", "organisation", organisation_id, now=post.now, step=str(step))
    return step


def send_fresh_link(session: Session, token: str, post: Post) -> bool:
    """For somebody whose link has ended or was used: another one, to the same address. The caller commits.

    False, and nothing is written, where the link is none of ours, its account may use it no more,
    or one has been sent today: whoever holds an old link cannot flood a mailbox.
    """
    old = session.scalar(select(Reminder).where(Reminder.token_hash == link_hash(token)))
    if old is None:
        return False
    _wait_for(session, old.organisation_id)
    upkeep = upkeep_of(session, old.organisation_id)
    if upkeep is None or not upkeep.listings:
        return False
    to = next((one for one in upkeep.mailboxes if one.account_id == old.account_id), None)
    if to is None:
        return False
    today = post.now.astimezone(LONDON).date()
    key = f"fresh link {old.organisation_id} {today}"
    if not mail_link(session, upkeep, to, post, key=key, step_days=ON_REQUEST):
        return False
    record(session, THE_SITE, "send fresh link", "organisation", old.organisation_id, now=post.now)
    return True


def _wait_for(session: Session, organisation_id: int) -> None:
    session.scalars(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    ).one_or_none()
