"""Record what those who plan support decide about a gap: open, accepted, disputed, planned or closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.said_words import day_of, role_of, words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.models.gap_status import GapStatus
from directory.reference.hours import now_utc
from directory.reference.terms import terms

OPEN = "open"
"""Nobody has decided; said of a gap about which somebody had, it takes that back."""

NEED_A_REASON = frozenset({"disputed", "planned", "closed"})
"""Statuses that say nothing without it: why it is not so, what is planned, what closed it."""


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision as somebody gives it. area_code: the area of the register that holds the gap."""

    gap_id: str
    area_code: str
    status: str
    reason: str
    role: str
    on: date


def set_gap_status(session: Session, asked: ToDecide, *, is_found: bool, today: date) -> str:
    """Store the decision beside those before it, and give the status it takes the place of; the caller commits.

    is_found: whether the register holds the gap today; one that was decided about before need not be.
    today: the date in London. Raises NotFound, or RuleBroken('status', 'because', 'by', 'on').
    """
    if asked.status not in terms("gap_status"):
        known = ", ".join(terms("gap_status"))
        raise RuleBroken("status", f"‘{asked.status[:40]}’ is no status. Use one of: {known}.")
    reason = words_of("because", asked.reason)
    if asked.status in NEED_A_REASON and not reason:
        raise RuleBroken("because", f"Write why: a gap that is {asked.status} needs a reason.")
    role = role_of("by", asked.role)
    day_of("on", asked.on, today)
    take_matrix_turn(session)
    newest = select(GapStatus).where(GapStatus.gap_id == asked.gap_id)
    before = session.scalars(newest.order_by(GapStatus.stated_on.desc(), GapStatus.id.desc())).first()
    if before is None and not is_found:
        raise NotFound(f"No register holds a gap with the id {asked.gap_id[:120]}.")
    if before is not None and asked.on < before.stated_on:
        raise RuleBroken(
            "on", f"It was {before.status} on {before.stated_on}. Write that day or a later one."
        )
    if asked.status == OPEN and before is not None and before.status != OPEN and not reason:
        raise RuleBroken("because", f"Write why: that it was {before.status} is taken back.")
    session.add(
        GapStatus(
            gap_id=asked.gap_id,
            area_code=asked.area_code,
            status=asked.status,
            reason=reason,
            role=role,
            stated_on=asked.on,
            recorded_at=now_utc(),
        )
    )
    # So that the next page takes a snapshot that holds it.
    bump_matrix_version(session)
    return before.status if before else OPEN
