"""A draft that is begun from what waits already: the pages show it, so what is written is written over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.changes.apply import as_written, checked
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.replace import take_the_place, waiting_of_one_side
from directory.actions.changes.theirs import may_take_back
from directory.actions.resolve import PlaceFinder
from directory.queries.my_drafts import Subject


def proposed_cells(
    cells: Mapping[str, str], listed: Mapping[str, str], waits: Mapping[str, str], places: PlaceFinder
) -> dict[str, str]:
    """What to propose of a draft: its cells, with what waits beside them where they are right only together.

    waits: column → what the same side has asked for. What fits neither way is answered alone, to be refused.
    """
    alone, together = dict(cells), {**waits, **cells}
    for found in (alone, together):
        try:
            checked({"id": "1", "listing": "needs checking", **as_written(listed), **found}, places)
        except ChangeRefused:
            continue
        return found
    return alone


def taken_back(
    session: Session,
    subject: Subject,
    cells: Mapping[str, str],
    here: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Take back what waits in the columns that are to be again what is listed; returns those columns.

    Only what this person may take back by its button, too (`theirs.py`).

    here: the listing before anything of the draft is put in place.
    """
    if subject.service_id is None:
        return ()
    waiting = [
        change
        for change in waiting_of_one_side(session, [subject.service_id], subject.source)
        if may_take_back(change.source, change.proposed_by, by.account_id)
    ]
    asked = {name for change in waiting for name in change.cells}
    columns = tuple(name for name, cell in cells.items() if name in asked and cell == here.get(name, ""))
    take_the_place(session, waiting, columns, by, now, because="")
    return columns
