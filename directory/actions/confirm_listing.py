"""Record that a person at the service, or a moderator who rang it, has confirmed a listing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from directory.actions.cells import unwrapped
from directory.actions.problem import Refused
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.confirmation import Confirmation
from directory.models.organisation import Organisation
from directory.models.service import Service

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
    take_turn(session)
    service = session.get(Service, service_id)
    if service is None:
        raise NotFound(f"No service has the number {service_id}.")
    session.add(
        Confirmation(service_id=service_id, role=role, confirmed_on=on, recorded_at=datetime.now(UTC))
    )
    bump_listings_version(session)
    organisation = session.get_one(Organisation, service.organisation_id)
    return f"{service.name}, {organisation.name}"
