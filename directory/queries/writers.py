"""Who wrote a change that waits: everybody of them is no second person for it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange
from directory.queries.sent_again import before

EDIT = "edit change"
"""The act of whoever wrote anew what waits. Its details may say of which change ('of')."""


def writers_of(session: Session, change: ProposedChange) -> frozenset[int]:
    """Accounts: whoever proposed it, everybody who edited it, and those who wrote what it was made of."""
    found: set[int | None] = set()
    for row, edits in _made_of_all(session, change.id):
        found |= {row.proposed_by, row.edited_by, *edits} if row is not None else set(edits)
    return frozenset(number for number in found if number is not None)


def is_edited(session: Session, change: ProposedChange) -> bool:
    """Whether somebody edited it while it waited, or what it was made of, since it was first sent."""
    return any(
        bool(edits) or (row is not None and row.edited_by is not None)
        for row, edits in _made_of_all(session, change.id)
    )


def _made_of_all(
    session: Session, change_id: int
) -> Iterator[tuple[ProposedChange | None, list[int | None]]]:
    """A change and all that it was made of, by an edit or sent again: each with the accounts of those who edited it."""
    seen: set[int] = set()
    left = [change_id]
    while left:
        number = left.pop()
        if number in seen:
            continue
        seen.add(number)
        edits = _edits(session, number)
        yield session.get(ProposedChange, number), [account_id for account_id, _details in edits]
        left += [int(details["of"]) for _account, details in edits if details.get("of", "").isdecimal()]
        # What was sent back and sent again holds the words of whoever edited it before.
        left += before(session, number)


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
