"""A call in which something had changed and all else was right: it confirms the listing once the change is decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.upkeep.confirm import confirm_listings
from directory.models.proposed_change import ProposedChange
from directory.models.upkeep import Call
from directory.reference.hours import LONDON


def keep_that_the_rest_is_right(call: Call, today: date) -> None:
    """Nothing is to be asked again: the day of the call itself says so. today: the date in London."""
    call.call_again_on = today


def confirm_the_rest(session: Session, change: ProposedChange, *, by: Actor, now: datetime) -> bool:
    """After the change was put in place as it was said; whether there was such a call. The caller commits.

    The confirmation is of the day of the call, and a moderator's; who rang is in the log of the call.
    """
    if change.source != "moderator" or change.service_id is None:
        return False
    call = session.scalar(
        select(Call).where(
            Call.service_id == change.service_id,
            Call.result == "changed",
            # Both were written in one transaction, with one moment.
            Call.ended_at == change.made_at,
            Call.claimed_by == change.proposed_by,
        )
    )
    if call is None or call.ended_at is None:
        return False
    rung_on = call.ended_at.astimezone(LONDON).date()
    if call.call_again_on != rung_on:
        return False
    said_by = Actor(by.account_id, "moderator", is_moderator=by.is_moderator)
    confirm_listings(session, [change.service_id], by=said_by, today=rung_on, now=now, through="call")
    return True
