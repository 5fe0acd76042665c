"""Record until when the money of a service lasts, as a commissioner tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from directory.actions.said_words import role_of, words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.models.funding import Funding
from directory.models.service import Service

YEARS_AROUND = 20
"""A day further off than this, either way, is a slip of the pen."""


def record_funding(
    session: Session, service_id: int, *, ends_on: date, words: str, role: str, today: date
) -> str:
    """Store the day, in the place of what was recorded before, and give the service's name; the caller commits.

    today: the date in London. Raises NotFound, or RuleBroken('ends', 'words', 'by').
    """
    if abs(ends_on.year - today.year) > YEARS_AROUND:
        raise RuleBroken(
            "ends", f"{ends_on} is too far off. Write a day within {YEARS_AROUND} years of today."
        )
    text = words_of("words", words)
    role = role_of("by", role)
    take_matrix_turn(session)
    service = session.get(Service, service_id)
    if service is None:
        raise NotFound(f"No service has the number {service_id}.")
    session.add(
        Funding(service_id=service_id, ends_on=ends_on, words=text, role=role, recorded_at=datetime.now(UTC))
    )
    # Registers follow from the world, and the world from this number.
    bump_matrix_version(session)
    return service.name
