"""Propose a change of a listing: small facts may be published at once, the rest waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import apply_cells, as_written, checked, problem_of, stored_cells
from directory.actions.changes.not_to_say import refuse_one_person
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused, TwoAnswers
from directory.actions.changes.replace import asked_already, take_the_place, waiting_of_one_side
from directory.actions.changes.rules import EDITABLE, at_once
from directory.actions.problem import Problem
from directory.actions.resolve import PlaceFinder
from directory.actions.version import take_turn
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.waiting import OWN_SOURCES
from directory.queries.writers import EDIT


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody asks for. cells: column → the text it shall hold; those that hold it already are left out.

    base: column → the text it held when they began; a column that is not in it is not compared.
    service_id: None for a new service. organisation_id: of the organisation; None for one that is not listed yet.
    """

    service_id: int | None
    organisation_id: int | None
    cells: Mapping[str, str]
    base: Mapping[str, str] = field(default_factory=dict)
    source: str = "form"
    kind: str = "edit"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The numbers of the changes that were made: published_id is in place now, waiting_id waits for a second person.

    Both are None where nothing differed from what is listed. What waited already is answered with its own number.
    taken_back: columns that shall be as they are listed again, so that what waited there is taken back.
    left_out: what was not asked for of an earlier version, since it seems to hold something of one person's case.
    """

    published_id: int | None
    waiting_id: int | None
    published: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    left_out: tuple[Problem, ...] = ()


def propose(
    session: Session, proposal: Proposal, places: PlaceFinder, *, by: Actor, now: datetime
) -> Proposed:
    """Store the change, and put in place what may be published at once. The caller commits.

    What the same side has asked for before, in the same columns, and still waits, gives way to it (`replace.py`).

    Whether this person may propose for this organisation is for the caller to know.
    Raises NotFound, ChangeRefused (what is wrong with it) or ChangedMeanwhile; then nothing is written.
    """
    take_turn(session)
    not_theirs = sorted(set(proposal.cells) - set(EDITABLE))
    if not_theirs and not by.is_moderator:
        raise ChangeRefused(
            [
                problem_of(name, "", "This column is not yours to change.", "Leave it out.")
                for name in not_theirs
            ]
        )
    if proposal.service_id is None:
        # Whether it is listed is decided later; whoever writes it cannot say so.
        refuse_one_person(proposal.cells, {})
        checked({"listing": "needs checking", **proposal.cells, "id": "1"}, places)
        number = store_change(session, proposal, dict(proposal.cells), "waiting", {}, by, now)
        return Proposed(None, number, (), tuple(proposal.cells))
    here = stored_cells(session, proposal.service_id)
    wanted = {name: cell for name, cell in proposal.cells.items() if cell != here.get(name, "")}
    _clash(wanted, proposal.base, here)
    refuse_one_person(wanted, here)
    checked({**as_written(here), **wanted}, places)
    now_in_place = in_place_now(session, proposal, here, wanted, places)
    soon = {name: cell for name, cell in wanted.items() if name in now_in_place}
    later = {name: cell for name, cell in wanted.items() if name not in now_in_place}
    waiting = waiting_of_one_side(session, [proposal.service_id], proposal.source)
    asked = asked_already(waiting, later)
    later = {name: cell for name, cell in later.items() if name not in asked}
    before = [change.id for change in waiting if change.cells.keys() & later.keys()]
    take_the_place(session, waiting, soon.keys() | later.keys(), by, now)
    put = _put(session, proposal, places, here, soon, later, by, now)
    for number in before:
        # Their pages showed what waited, so it may be in what they sent: whoever wrote that decides on neither.
        record(session, by, EDIT, "change", put.waiting_id, now=now, of=str(number), columns=" ".join(later))
    return (
        replace(put, waiting_id=put.waiting_id or max(asked.values()), waiting=(*put.waiting, *asked))
        if asked
        else put
    )


def has_standing(session: Session, proposal: Proposal) -> bool:
    """Whether small facts of this organisation are published at once: one of its changes has been approved before."""
    if proposal.source == "confirm link":
        return True  # The link went to an owner, or to the mailbox that an owner chose.
    # What a moderator writes of an organisation says nothing of how it writes itself.
    query = select(func.count()).where(
        ProposedChange.organisation_id == proposal.organisation_id,
        ProposedChange.state == "approved",
        ProposedChange.source.in_(OWN_SOURCES),
    )
    return proposal.organisation_id is not None and bool(session.scalar(query))


def in_place_now(
    session: Session,
    proposal: Proposal,
    here: Mapping[str, str],
    wanted: Mapping[str, str],
    places: PlaceFinder,
) -> frozenset[str]:
    """The columns that need no second look: none of a file, whose button promises one for every cell.

    Small facts that would be wrong without the rest of the change wait together with it.
    """
    if proposal.source == "spreadsheet":
        return frozenset()
    found = at_once(wanted, here, standing=has_standing(session, proposal))
    if found and len(found) < len(wanted):
        try:
            checked({**as_written(here), **{name: wanted[name] for name in found}}, places)
        except ChangeRefused:
            return frozenset()
    return found


def _clash(wanted: Mapping[str, str], base: Mapping[str, str], here: Mapping[str, str]) -> None:
    both = {
        name: TwoAnswers(base[name], here[name], cell)
        for name, cell in wanted.items()
        if name in base and base[name] != here[name]
    }
    if both:
        raise ChangedMeanwhile(both)


def _put(
    session: Session,
    proposal: Proposal,
    places: PlaceFinder,
    here: Mapping[str, str],
    soon: dict[str, str],
    later: dict[str, str],
    by: Actor,
    now: datetime,
) -> Proposed:
    published_id = waiting_id = None
    assert proposal.service_id is not None  # noqa: S101  # told apart by the caller
    if soon:
        published_id = store_change(session, proposal, soon, "published", here, by, now)
        apply_cells(
            session,
            proposal.service_id,
            soon,
            places,
            act="small facts changed",
            role=by.role,
            now=now,
            change_id=published_id,
        )
    if later:
        waiting_id = store_change(session, proposal, later, "waiting", here, by, now)
    return Proposed(published_id, waiting_id, tuple(soon), tuple(later))


def store_change(
    session: Session,
    proposal: Proposal,
    cells: dict[str, str],
    state: str,
    here: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> int:
    """Store these cells of a proposal as one change, and write it into the log; returns its number.

    here: the listing as it is, for the cells that the change began from.
    """
    organisation_id = proposal.organisation_id
    if proposal.service_id is not None:
        organisation_id = session.get_one(Service, proposal.service_id).organisation_id
    change = ProposedChange(
        service_id=proposal.service_id,
        organisation_id=organisation_id,
        kind="new" if proposal.service_id is None else proposal.kind,
        source=proposal.source,
        cells=cells,
        base={name: here.get(name, "") for name in cells},
        state=state,
        proposed_by=by.account_id,
        role=by.role,
        words=proposal.words,
        made_at=now,
        sent_at=now,
        decided_at=now if state == "published" else None,
    )
    session.add(change)
    session.flush()
    record(session, by, "propose change", "change", change.id, now=now, state=state, columns=" ".join(cells))
    return change.id
