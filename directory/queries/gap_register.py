"""Decisions about gaps, and until when the money of services lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.matrix.snapshot import KeptDecision
from directory.models.tables import Funding, GapStatus

OPEN = "open"
"""The status of a gap about which nobody has decided."""

DISPUTED = "disputed"
"""The status that is for commissioners alone."""


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


def public_decisions(session: Session) -> Mapping[str, Mapping[str, tuple[KeptDecision, ...]]]:
    """Area → gap id → what anybody may know of the decisions about it, the oldest first."""
    query = (
        select(GapStatus.area_code, GapStatus.gap_id, GapStatus.status, GapStatus.stated_on)
        .where(GapStatus.status != DISPUTED)
        .order_by(GapStatus.stated_on, GapStatus.id)
    )
    found: dict[str, dict[str, tuple[KeptDecision, ...]]] = {}
    for area, gap_id, status, on in session.execute(query):
        of_area = found.setdefault(area, {})
        of_area[gap_id] = (*of_area.get(gap_id, ()), KeptDecision(status, on))
    return found


def funding_ends(session: Session) -> Mapping[int, FundingEnd]:
    """Service → what was recorded last."""
    return {
        row.service_id: FundingEnd(row.ends_on, row.words, row.role, row.recorded_at.date())
        for row in session.scalars(select(Funding).order_by(Funding.id))
    }
