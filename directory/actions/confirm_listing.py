"""The command line's door to a confirmation: a role and a day that somebody typed, checked."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from directory.actions.actor import COMMAND_ROLE, Actor
from directory.actions.cells import unwrapped
from directory.actions.problem import Refused
from directory.actions.upkeep.confirm import confirm_listings
from directory.errors import NotFound, RuleBroken
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.reference.hours import now_utc

ROLE_LENGTH_MAX = 100
EARLIEST = date(2020, 1, 1)


def confirm_listing(session: Session, service_id: int, *, role: str, on: date, today: date) -> str:
    """Store the confirmation; returns 'name, organisation' of the service. The caller commits.

    role: what the person is ('service manager', 'moderator'), never who.
    today: the date in London. Raises NotFound, or RuleBroken('by' or 'on').
    """
    try:
        role = " ".join(unwrapped(role).split())
    except Refused as refused:
        raise RuleBroken("by", f"{refused.what} {refused.remedy}") from None
    if not role or len(role) > ROLE_LENGTH_MAX or "@" in role:
        raise RuleBroken(
            "by", "Write the role of the person, like ‘service manager’: no name and no address."
        )
    if on > today:
        raise RuleBroken("on", f"{on} is in the future. Write the day on which it was confirmed.")
    if on < EARLIEST:
        raise RuleBroken("on", f"{on} is too long ago. Write a day since {EARLIEST}.")
    service = session.get(Service, service_id)
    if service is None:
        raise NotFound(f"No service has the number {service_id}.")
    # The role is what somebody typed for the confirmation; the log says that nobody signed in with it.
    confirm_listings(
        session, [service_id], by=Actor(None, role), today=on, now=now_utc(), through=COMMAND_ROLE
    )
    organisation = session.get_one(Organisation, service.organisation_id)
    return f"{service.name}, {organisation.name}"
