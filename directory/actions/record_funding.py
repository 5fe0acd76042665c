"""Record until when the money of a service lasts, as a commissioner tells it, or take back what was told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.said_words import role_of, words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.models.funding import TAKEN_BACK, Funding
from directory.models.service import Service
from directory.reference.hours import now_utc

YEARS_AROUND = 20
"""A day further off than this, either way, is a slip of the pen."""


def record_funding(
    session: Session, service_id: int, *, ends_on: date | None, words: str, role: str, today: date
) -> str:
    """Store the day, in the place of what was recorded before, and give the service's name; the caller commits.

    ends_on: None takes back what was told, and needs words that say why; every row stays, for the history.
    today: the date in London. Raises NotFound, or RuleBroken('ends', 'words', 'by').
    """
    if ends_on is not None and abs(ends_on.year - today.year) > YEARS_AROUND:
        raise RuleBroken(
            "ends", f"{ends_on} is too far off. Write a day within {YEARS_AROUND} years of today."
        )
    text = words_of("words", words)
    if ends_on is None and not text:
        raise RuleBroken("words", "Write why it is taken back.")
    role = role_of("by", role)
    take_matrix_turn(session)
    service = session.get(Service, service_id)
    if service is None:
        raise NotFound(f"No service has the number {service_id}.")
    newest = session.scalars(
        select(Funding).where(Funding.service_id == service_id).order_by(Funding.id.desc()).limit(1)
    ).first()
    if ends_on is None and (newest is None or newest.ends_on == TAKEN_BACK):
        raise RuleBroken("ends", "No day is recorded on which its money ends. There is nothing to take back.")
    session.add(
        Funding(
            service_id=service_id,
            ends_on=TAKEN_BACK if ends_on is None else ends_on,
            words=text,
            role=role,
            recorded_at=now_utc(),
        )
    )
    # Registers follow from the world, and the world from this number.
    bump_matrix_version(session)
    return service.name
