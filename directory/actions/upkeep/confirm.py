"""Record that listings are right, as somebody at the service, or a moderator who rang it, has said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound
from directory.models.confirmation import Confirmation
from directory.models.service import Service


def confirm_listings(
    session: Session,
    ids: Iterable[int],
    *,
    by: Actor,
    today: date,
    now: datetime,
    through: str = "",
) -> int:
    """Store a confirmation of each listing, as of today; returns how many. The caller commits.

    by: their role is kept and shown, never who they are. today: the date in London. through: how they came to
    say it ('confirm link', 'call', 'command line'), for the log.
    Whether they may speak for these listings is for the caller to know.
    Raises NotFound where one of the listings is not there, and then nothing is written.
    """
    numbers = sorted(set(ids))
    if not numbers:
        return 0
    take_turn(session)
    there = set(session.scalars(select(Service.id).where(Service.id.in_(numbers))))
    for number in numbers:
        if number not in there:
            raise NotFound(f"No service has the number {number}.")
    for number in numbers:
        session.add(Confirmation(service_id=number, role=by.role, confirmed_on=today, recorded_at=now))
        details = {"on": today.isoformat()} | ({"through": through} if through else {})
        record(session, by, "confirm listing", "service", number, now=now, **details)
    bump_listings_version(session)
    return len(numbers)
