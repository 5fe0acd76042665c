"""Propose a change that is not there yet: a button that is pressed twice makes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.propose import Proposal, Proposed, propose
from directory.actions.changes.refused import ChangedMeanwhile, TwoAnswers
from directory.actions.changes.replace import waiting_of_one_side
from directory.actions.resolve import PlaceFinder
from directory.actions.version import take_turn
from directory.models.proposed_change import ProposedChange


def propose_once(
    session: Session, proposal: Proposal, places: PlaceFinder, *, by: Actor, now: datetime
) -> Proposed:
    """As `propose`, for a listing that is there; what waits already with the very same cells is answered again."""
    assert proposal.service_id is not None  # noqa: S101  # a new service is sent from its draft
    take_turn(session)
    here = stored_cells(session, proposal.service_id)
    wanted = {name: cell for name, cell in proposal.cells.items() if cell != here.get(name, "")}
    query = select(ProposedChange).where(
        ProposedChange.service_id == proposal.service_id, ProposedChange.state == "waiting"
    )
    for change in session.scalars(query):
        if wanted and change.cells == wanted:
            return Proposed(None, change.id, (), tuple(wanted))
    return propose(session, proposal, places, by=by, now=now)


def still_as_shown(session: Session, proposal: Proposal, shown: Mapping[str, str]) -> None:
    """Raises ChangedMeanwhile, with both answers, where a column says something else by now than was shown.

    shown: column → what the listing said or, over that, what the same side had asked for and still waited.
    """
    assert proposal.service_id is not None  # noqa: S101  # as above
    take_turn(session)
    held = stored_cells(session, proposal.service_id)
    for change in waiting_of_one_side(session, [proposal.service_id], proposal.source):
        held.update(change.cells)
    both = {
        name: TwoAnswers(shown[name], held.get(name, ""), cell)
        for name, cell in proposal.cells.items()
        if name in shown and held.get(name, "") not in {cell, shown[name]}
    }
    if both:
        raise ChangedMeanwhile(both)
