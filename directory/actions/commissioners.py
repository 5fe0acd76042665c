"""What a signed-in commissioner decides about gaps and tells of money: once however often it is sent, and in the log.

Whether she may speak for the area is for the caller to know. The commands store the same by the same actions.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.record_funding import record_funding
from directory.actions.said_words import role_of, words_of
from directory.actions.set_gap_status import ToDecide, set_gap_status
from directory.actions.version import take_matrix_turn
from directory.errors import RuleBroken
from directory.models.funding import TAKEN_BACK, Funding
from directory.models.gap_status import GapStatus


def decide_gap(
    session: Session, asked: ToDecide, *, is_found: bool, seen: int, by: Actor, now: datetime, today: date
) -> bool:
    """Store what she decides about a gap, and whether that was new; the caller commits.

    seen: how many decisions about this id she has read. Where another was made meanwhile, she looks at it first.
    Raises NotFound, or RuleBroken as set_gap_status does, and 'status' for what was decided meanwhile.
    """
    take_matrix_turn(session)
    rows = list(
        session.scalars(
            select(GapStatus)
            .where(GapStatus.gap_id == asked.gap_id)
            .order_by(GapStatus.stated_on, GapStatus.id)
        )
    )
    newest = rows[-1] if rows else None
    if newest and (newest.status, newest.reason, newest.role, newest.stated_on) == (
        asked.status, words_of("because", asked.reason), role_of("by", asked.role), asked.on,
    ):  # fmt: skip
        return False
    if newest and len(rows) > seen:
        raise RuleBroken(
            "status",
            "Somebody has decided about it since you opened this page. Read what they decided, below, "
            "and send yours again if it still holds.",
        )
    before = set_gap_status(session, asked, is_found=is_found, today=today)
    session.flush()
    made = session.scalars(
        select(GapStatus.id).where(GapStatus.gap_id == asked.gap_id).order_by(GapStatus.id.desc())
    ).first()
    record(
        session, by, "decide gap", "gap", made, now=now,
        area=asked.area_code, gap=asked.gap_id, status=asked.status, before=before,
    )  # fmt: skip
    return True


def tell_funding(
    session: Session,
    service_id: int,
    *,
    ends_on: date | None,
    words: str,
    area_code: str,
    seen: int,
    by: Actor,
    now: datetime,
    today: date,
) -> bool:
    """Store until when a service's money lasts, and whether that was new; the caller commits.

    ends_on: None takes back what was told. seen: how many days told of it she has read, as in decide_gap.
    area_code: of the area she speaks for. Raises NotFound, or RuleBroken as record_funding does.
    """
    take_matrix_turn(session)
    rows = list(session.scalars(select(Funding).where(Funding.service_id == service_id).order_by(Funding.id)))
    newest = rows[-1] if rows else None
    day = TAKEN_BACK if ends_on is None else ends_on
    if newest and (newest.ends_on, newest.words, newest.role) == (
        day, words_of("words", words), role_of("by", by.role),
    ):  # fmt: skip
        return False
    if len(rows) > seen:
        raise RuleBroken(
            "ends",
            "Somebody has told another day since you opened this page. Read it, below, and send yours again "
            "if it still holds.",
        )
    record_funding(session, service_id, ends_on=ends_on, words=words, role=by.role, today=today)
    session.flush()
    record(
        session, by, "take back funding" if ends_on is None else "tell funding", "service", service_id,
        now=now, area=area_code, **({} if ends_on is None else {"ends": ends_on.isoformat()}),
    )  # fmt: skip
    return True
