"""Take up again what a moderator has sent back. The change that was sent back stays, with the reasons.

The log says which draft began from it, and which change it was sent again as (`queries/sent_again.py`). A number
that stands in the log is given to nothing else: a draft that the log names keeps its row, emptied.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.propose import Proposed
from directory.actions.version import take_turn
from directory.errors import NotFound
from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange
from directory.queries.my_drafts import STAFF, Subject, draft_row
from directory.queries.sent_again import SEND_AGAIN, TAKE_UP, taken_up_by


def take_up_again(session: Session, change_id: int, subject: Subject, *, by: Actor, now: datetime) -> int:
    """Begin a draft from a change that was sent back, with the moderator's reasons; returns the draft's number.

    The change itself stays as it was decided, as 'withdrawn'. Where a draft of the same listing is being written,
    its answers stand, and those it does not have are added.
    What staff wrote, or take up, is for whoever proposed it alone: she who sends it again is its proposer.
    """
    take_turn(session)
    change = session.get(ProposedChange, change_id)
    if change is None or change.state != "sent back":
        raise NotFound("No change that was sent back has this number.")
    if STAFF in {change.source, subject.source} and change.proposed_by != by.account_id:
        raise NotFound("No change of theirs that was sent back has this number.")
    draft = draft_row(session, subject) if subject.service_id is not None else None
    if draft is None:
        draft = _draft_of(change, subject, by, now)
        session.add(draft)
    else:
        draft.cells = {**change.cells, **draft.cells}
        draft.base = {**change.base, **draft.base}
        draft.decided_words, draft.round = change.decided_words, draft.round + 1
    change.state = "withdrawn"
    session.flush()
    record(session, by, TAKE_UP, "change", change.id, now=now, draft=str(draft.id))
    return draft.id


def drop_sent(
    session: Session, draft: ProposedChange, proposed: Proposed, *, by: Actor, now: datetime
) -> None:
    """A draft that was sent: it is gone, and the log says what it was sent as, where it had been sent before."""
    made = [number for number in (proposed.published_id, proposed.waiting_id) if number is not None]
    before = taken_up_by(session, draft)
    for number in made if before else ():
        of = " ".join(str(one) for one in before)
        record(session, by, SEND_AGAIN, "change", number, now=now, of=of)
    _drop(session, draft, now, is_named=bool(before))


def drop(session: Session, draft: ProposedChange, *, now: datetime) -> None:
    """Delete a draft; of one that the log names nothing but its number is kept, as 'withdrawn': nobody gets it anew."""
    _drop(session, draft, now, is_named=bool(taken_up_by(session, draft)))


def _drop(session: Session, draft: ProposedChange, now: datetime, *, is_named: bool) -> None:
    named = select(AuditEntry.id).where(AuditEntry.about == "change", AuditEntry.about_id == draft.id)
    if not is_named and session.scalar(named.limit(1)) is None:
        session.delete(draft)
        return
    draft.state, draft.decided_at = "withdrawn", now
    # What was sent, and why it was sent back, stands in the rows of those changes.
    draft.cells, draft.base, draft.words, draft.decided_words = {}, {}, "", ""


def _draft_of(change: ProposedChange, subject: Subject, by: Actor, now: datetime) -> ProposedChange:
    return ProposedChange(
        service_id=change.service_id,
        organisation_id=change.organisation_id,
        kind=change.kind,
        source=subject.source,
        cells=dict(change.cells),
        base=dict(change.base),
        state="draft",
        round=1,
        proposed_by=by.account_id,
        role=by.role,
        words=change.words,
        made_at=now,
        decided_words=change.decided_words,
    )
