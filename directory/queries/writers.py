"""Who wrote a change that waits: everybody of them is no second person for it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange

EDIT = "edit change"
"""The act of whoever wrote anew what waits. Its details may say of which change ('of')."""


def writers_of(session: Session, change: ProposedChange) -> frozenset[int]:
    """Accounts: whoever proposed it, everybody who edited it, and those who wrote what they edited it from."""
    found: set[int | None] = set()
    seen: set[int] = set()
    left = [change.id]
    while left:
        number = left.pop()
        if number in seen:
            continue
        seen.add(number)
        row = session.get(ProposedChange, number)
        if row is not None:
            found |= {row.proposed_by, row.edited_by}
        for account_id, details in _edits(session, number):
            found.add(account_id)
            if details.get("of", "").isdecimal():
                left.append(int(details["of"]))
    return frozenset(number for number in found if number is not None)


def made_of(session: Session, change_id: int) -> int | None:
    """The number of the change that waits since a moderator edited this one while approving it, or None."""
    change = session.get_one(ProposedChange, change_id)
    query = (
        select(ProposedChange.id)
        .where(
            ProposedChange.service_id == change.service_id,
            ProposedChange.state == "waiting",
            ProposedChange.source == "moderator",
            ProposedChange.proposed_by == change.decided_by,
        )
        .order_by(ProposedChange.id.desc())
    )
    for number in session.scalars(query):
        if any(details.get("of") == str(change_id) for _account, details in _edits(session, number)):
            return number
    return None


def _edits(session: Session, change_id: int) -> list[tuple[int | None, dict[str, str]]]:
    query = select(AuditEntry.account_id, AuditEntry.details).where(
        AuditEntry.about == "change", AuditEntry.about_id == change_id, AuditEntry.act == EDIT
    )
    return [(account_id, details) for account_id, details in session.execute(query)]
