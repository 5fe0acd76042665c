"""Decisions about gaps, and until when the money of services lasts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.matrix.findings import Finding, GapRule, rule_in
from directory.matrix.snapshot import KeptDecision
from directory.models.funding import TAKEN_BACK
from directory.models.tables import Funding, GapStatus
from directory.reference.hours import LONDON

OPEN = "open"
"""The status of a gap about which nobody has decided."""

DISPUTED = "disputed"
"""The status that is for commissioners alone."""

FOR_COMMISSIONERS = frozenset({GapRule.THEY_DIFFER, GapRule.FUNDING_ENDS})
"""The rules that tell, by their name alone, what is for commissioners alone."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a gap.

    gap_id: its id on that day. status: a code of the taxonomy `gap_status`; role: what they are.
    """

    gap_id: str
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


@dataclass(frozen=True, slots=True)
class FundingTold:
    """One line of a service's history. ends_on: None where what was told before was taken back, and words say why."""

    ends_on: date | None
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
        found.setdefault(row.gap_id, []).append(
            Decision(row.gap_id, row.status, row.reason, row.role, row.stated_on)
        )
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
        if rule_in(gap_id) in FOR_COMMISSIONERS:
            continue
        of_area = found.setdefault(area, {})
        of_area[gap_id] = (*of_area.get(gap_id, ()), KeptDecision(status, on))
    return found


def followed(
    history: Mapping[str, tuple[Decision, ...]], findings: Collection[Finding], area_code: str
) -> Mapping[str, tuple[Decision, ...]]:
    """Id of a finding → every decision about it, the oldest first; no id without one.

    A gap may come to hold for one half of its cell more or less, or have to be asked again. Its id
    then changes, and what was decided follows it: an id that is no longer found hands on its decisions.
    """
    held = {one.id_in(area_code) for one in findings}
    found: dict[str, tuple[Decision, ...]] = {}
    for one in findings:
        own = one.id_in(area_code)
        ids = [*(each for each in one.other_ids_in(area_code) if each not in held), own]
        if every := [decision for each in ids for decision in history.get(each, ())]:
            found[own] = tuple(sorted(every, key=lambda decision: decision.on))
    return found


def funding_ends(session: Session) -> Mapping[int, FundingEnd]:
    """Service → what was recorded last; none of a service of which that was taken back."""
    newest = {row.service_id: row for row in session.scalars(select(Funding).order_by(Funding.id))}
    return {
        number: FundingEnd(row.ends_on, row.words, row.role, _day(row.recorded_at))
        for number, row in newest.items()
        if row.ends_on != TAKEN_BACK
    }


def funding_told(session: Session, service_id: int) -> tuple[FundingTold, ...]:
    """All that was ever told of a service's money, the oldest first."""
    rows = session.scalars(select(Funding).where(Funding.service_id == service_id).order_by(Funding.id))
    return tuple(
        FundingTold(
            None if row.ends_on == TAKEN_BACK else row.ends_on,
            row.words,
            row.role,
            _day(row.recorded_at),
        )
        for row in rows
    )


def _day(moment: datetime) -> date:
    """The day in London. SQLite hands back a moment without its zone, which is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON).date()
