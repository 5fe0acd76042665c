"""Listings that nobody was asked about after all: the reminder was written, and no mailbox took it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models.confirmation import Confirmation
from directory.models.outbox import OutboxMail
from directory.models.upkeep import Reminder
from directory.queries.upkeep import ON_REQUEST
from directory.reference.hours import LONDON

NOT_TAKEN = ("failed", "given up")


def reminder_key(organisation_id: int, day: date) -> str:
    """What the mail of a reminder is known by in the outbox. day: in London."""
    return f"reminder {organisation_id} {day.isoformat()}"


def not_reached_by_mail(session: Session) -> frozenset[int]:
    """Services whose organisation's last reminder was refused or given up, and that nobody has confirmed since.

    Waiting for the next step would leave them unasked for a month or more, and the same mailbox may refuse again.
    """
    newest = (
        select(func.max(Reminder.id))
        .where(Reminder.step_days != ON_REQUEST)
        .group_by(Reminder.organisation_id)
    )
    last = {
        reminder_key(one.organisation_id, one.made_at.astimezone(LONDON).date()): one
        for one in session.scalars(select(Reminder).where(Reminder.id.in_(newest)))
    }
    lost = [
        last[key]
        for key in session.scalars(
            select(OutboxMail.key).where(OutboxMail.key.like("reminder %"), OutboxMail.state.in_(NOT_TAKEN))
        )
        if key in last
    ]
    found: set[int] = set()
    for reminder in lost:
        since = select(Confirmation.service_id).where(Confirmation.recorded_at >= reminder.made_at)
        found |= set(reminder.service_ids) - set(session.scalars(since))
    return frozenset(found)
