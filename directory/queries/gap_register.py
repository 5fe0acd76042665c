"""Decisions about gaps, and until when the money of services lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.tables import Funding, GapStatus

OPEN = "open"
"""The status of a gap about which nobody has decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a gap. status: a code of the taxonomy `gap_status`; role: what they are."""

    status: str
    reason: str
    role: str
    on: date


@dataclass(frozen=True, slots=True)
class FundingEnd:
    """Until when the money of a service lasts, in the words of a commissioner."""

    ends_on: date
    words: str
    role: str
    told_on: date


def decisions(session: Session, area_code: str) -> Mapping[str, tuple[Decision, ...]]:
    """Gap id → every decision about it, the oldest first; for the register of one area."""
    query = (
        select(GapStatus).where(GapStatus.area_code == area_code).order_by(GapStatus.stated_on, GapStatus.id)
    )
    found: dict[str, list[Decision]] = {}
    for row in session.scalars(query):
        found.setdefault(row.gap_id, []).append(Decision(row.status, row.reason, row.role, row.stated_on))
    return {gap_id: tuple(history) for gap_id, history in found.items()}


def funding_ends(session: Session) -> Mapping[int, FundingEnd]:
    """Service → what was recorded last."""
    return {
        row.service_id: FundingEnd(row.ends_on, row.words, row.role, row.recorded_at.date())
        for row in session.scalars(select(Funding).order_by(Funding.id))
    }
