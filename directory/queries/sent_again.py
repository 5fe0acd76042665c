"""What was sent back, taken up and sent again: the log says which change came of which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange

TAKE_UP = "take up change"
"""The act of whoever edits again what was sent back. Its details say in which draft ('draft')."""
SEND_AGAIN = "send change again"
"""The act of whoever sends that draft, about the change that was made. Its details say of which ('of')."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """A change that was sent back before it was sent again. at: when a moderator decided; reasons: in their words."""

    change_id: int
    at: datetime
    role: str
    reasons: str


def taken_up_by(session: Session, draft: ProposedChange) -> tuple[int, ...]:
    """The changes that were sent back and from which a draft began, the oldest first."""
    # Nothing was taken up into a draft before it began; the log has an index by moment, and none by act.
    query = select(AuditEntry.about_id, AuditEntry.details).where(
        AuditEntry.act == TAKE_UP, AuditEntry.at >= draft.made_at
    )
    found = session.execute(query.order_by(AuditEntry.id))
    return tuple(number for number, details in found if number and details.get("draft") == str(draft.id))


def draft_begun_from(session: Session, change_id: int) -> int | None:
    """The draft that began from a change that was sent back; None where it was not taken up."""
    query = select(AuditEntry.details).where(
        AuditEntry.act == TAKE_UP, AuditEntry.about == "change", AuditEntry.about_id == change_id
    )
    for details in session.scalars(query.order_by(AuditEntry.id.desc())):
        if details.get("draft", "").isdecimal():
            return int(details["draft"])
    return None


def before(session: Session, change_id: int) -> list[int]:
    """The changes that were sent back and that this one was made of, as its sender took them up."""
    query = select(AuditEntry.details).where(
        AuditEntry.act == SEND_AGAIN, AuditEntry.about == "change", AuditEntry.about_id == change_id
    )
    return [int(one) for details in session.scalars(query) for one in details.get("of", "").split()]


def sent_back_before(session: Session, change_id: int) -> tuple[SentBack, ...]:
    """What a change was sent back for before it was sent again, the oldest first."""
    found: dict[int, SentBack] = {}
    seen, left = {change_id}, [change_id]
    while left:
        for number in before(session, left.pop()):
            row = session.get(ProposedChange, number)
            if row is None or number in seen:
                continue
            seen.add(number)
            left.append(number)
            at = row.decided_at or row.sent_at or row.made_at
            found[number] = SentBack(number, at, row.decided_role, row.decided_words)
    return tuple(found[number] for number in sorted(found))
