"""A second change of a column that already waits: the newer takes the place of the older, which stays in the history.

Only among those of one side: what the organisation asks for never takes away what a moderator has asked for, nor
the other way round. Where both wait, the queue says so (`queries/waiting.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.models.proposed_change import ProposedChange
from directory.queries.waiting import sources_of_one_side


def waiting_of_one_side(session: Session, service_ids: Collection[int], source: str) -> list[ProposedChange]:
    """The changes of these listings that wait and come from the same side as `source`, the oldest first."""
    query = (
        select(ProposedChange)
        .where(
            ProposedChange.service_id.in_(tuple(service_ids)),
            ProposedChange.state == "waiting",
            ProposedChange.source.in_(sources_of_one_side(source)),
        )
        .order_by(ProposedChange.sent_at, ProposedChange.id)
    )
    return list(session.scalars(query))


def asked_already(waiting: Collection[ProposedChange], wanted: Mapping[str, str]) -> dict[str, int]:
    """Of the wanted cells those that already wait with the very same text: column → number of that change."""
    newest = {column: change for change in waiting for column in change.cells}
    return {
        name: newest[name].id
        for name, cell in wanted.items()
        if name in newest and newest[name].cells[name] == cell
    }


def take_the_place(
    session: Session,
    waiting: Collection[ProposedChange],
    columns: Collection[str],
    by: Actor,
    now: datetime,
    because: str | None = None,
) -> None:
    """Take these columns out of the changes that wait, each kept as 'withdrawn' with the reason; the rest waits on.

    because: '' where nothing takes their place.
    """
    for older in waiting:
        taken = [name for name in older.cells if name in columns]
        if not taken:
            continue
        kept = {name: cell for name, cell in older.cells.items() if name not in columns}
        gone = older
        if kept:
            gone = _copy_of(older, taken)
            session.add(gone)
            older.cells = kept
            older.base = {name: cell for name, cell in older.base.items() if name in kept}
            older.round += 1
        gone.state, gone.decided_at = "withdrawn", now
        gone.decided_by, gone.decided_role = by.account_id, by.role
        gone.decided_words = REPLACED if because is None else because
        session.flush()
        record(session, by, "replace change", "change", older.id, now=now, columns=" ".join(taken))


REPLACED = "A newer change of the same field has taken its place."
"""Why a change is 'withdrawn' that nobody took back."""


def _copy_of(older: ProposedChange, columns: Collection[str]) -> ProposedChange:
    return ProposedChange(
        service_id=older.service_id,
        organisation_id=older.organisation_id,
        kind=older.kind,
        source=older.source,
        cells={name: older.cells[name] for name in columns},
        base={name: older.base.get(name, "") for name in columns},
        state=older.state,
        round=older.round,
        proposed_by=older.proposed_by,
        edited_by=older.edited_by,
        role=older.role,
        words=older.words,
        made_at=older.made_at,
        sent_at=older.sent_at,
    )
