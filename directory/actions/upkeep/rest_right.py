"""A call in which something had changed and all else was right: it confirms the listing once the change is decided.

The log of the call says for which changes, and in which round of each: where part of one was replaced since, what is
decided is not what was said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.replace import waiting_of_one_side
from directory.actions.upkeep.confirm import confirm_listings
from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import LONDON

END_CALL = "end call"
"""The act of a call that is over. Its details may say after which changes the rest of the listing is right ('rest')."""


def rest_right_after(session: Session, service_id: int, columns: Collection[str]) -> str:
    """For the log: the changes by which what was said in a call waits, each with its round ('12/1 15/2').

    columns: those that were said to have changed, and wait; some may wait since an earlier call.
    """
    waiting = waiting_of_one_side(session, [service_id], "moderator")
    return " ".join(f"{one.id}/{one.round}" for one in waiting if not one.cells.keys().isdisjoint(columns))


def confirm_the_rest(session: Session, change: ProposedChange, *, by: Actor, now: datetime) -> bool:
    """After the change was put in place as it was said; whether a call is confirmed by it. The caller commits.

    The confirmation is of the day of the call, and a moderator's; who rang is in the log of the call.
    """
    if change.service_id is None:
        return False
    for rung_on, rest in _calls(session, change.service_id):
        if f"{change.id}/{change.round}" in rest and all(
            one == f"{change.id}/{change.round}" or _is_in_place(session, one) for one in rest
        ):
            said_by = Actor(by.account_id, "moderator", is_moderator=by.is_moderator)
            numbers = [change.service_id]
            confirm_listings(session, numbers, by=said_by, today=rung_on, now=now, through="call")
            return True
    return False


def _calls(session: Session, service_id: int) -> Iterator[tuple[date, list[str]]]:
    """The day of each call in which the rest was right, and what it waits for; the newest first."""
    query = select(AuditEntry.at, AuditEntry.details).where(
        AuditEntry.act == END_CALL, AuditEntry.about == "service", AuditEntry.about_id == service_id
    )
    for at, details in session.execute(query.order_by(AuditEntry.id.desc())):
        if details.get("rest"):
            yield at.astimezone(LONDON).date(), details["rest"].split()


def _is_in_place(session: Session, number_and_round: str) -> bool:
    """Whether another change of the same call was approved, and stands in the listing as it was said."""
    number, _slash, said_in = number_and_round.partition("/")
    row = session.get(ProposedChange, int(number))
    if row is None or row.service_id is None or (row.state, str(row.round)) != ("approved", said_in):
        return False
    here = stored_cells(session, row.service_id)
    return all(here.get(name, "") == cell for name, cell in row.cells.items())
