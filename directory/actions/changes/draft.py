"""Write a draft as somebody goes, settle what two people wrote, and send it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.cells import unwrapped
from directory.actions.changes.again import drop, drop_sent
from directory.actions.changes.apply import problem_of, stored_cells
from directory.actions.changes.draft_seen import still_as_seen
from directory.actions.changes.from_waiting import proposed_cells, taken_back
from directory.actions.changes.propose import Proposal, Proposed, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused, TwoAnswers
from directory.actions.changes.rules import EDITABLE
from directory.actions.listing_row import COLUMNS
from directory.actions.problem import Problem, Refused
from directory.actions.resolve import PlaceFinder
from directory.actions.version import take_turn
from directory.errors import NotFound, RuleBroken
from directory.models.proposed_change import ProposedChange
from directory.queries.my_drafts import Subject, draft_row
from directory.queries.waiting import own_waiting, waiting_cells

WORDS_LENGTH_MAX = 4_000
_COLUMN = {column.name: column for column in COLUMNS}


def start_new(
    session: Session, organisation_id: int, organisation: str, *, source: str, by: Actor, now: datetime
) -> int:
    """Begin a new service; returns the draft's number. One that nobody has written in yet is taken again."""
    take_turn(session)
    cells = {"organisation": organisation, "status": "active"}
    query = select(ProposedChange).filter_by(
        state="draft", source=source, organisation_id=organisation_id, service_id=None, round=1
    )
    for row in session.scalars(query):
        if row.cells == cells and row.proposed_by == by.account_id:
            return row.id
    draft = _blank(Subject(organisation_id, source=source), by, now)
    draft.cells, draft.base = cells, {}
    session.add(draft)
    session.flush()
    return draft.id


def save_draft(
    session: Session,
    subject: Subject,
    answers: Mapping[str, str],
    seen: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Store the answers that differ from what is there; returns how often the draft has been saved. The caller commits.

    What is there is the listing, over it what the same side has sent and still waits, over that the draft.

    seen: what this person had before them; an answer that was left as it was found changes nothing, whatever
      somebody else has written since. The same answers sent twice are saved once.
    Raises ChangeRefused for a cell that cannot be read, ChangedMeanwhile where somebody else has answered the
    same question otherwise since, NotFound for a listing or draft that is not there. Then nothing is written.
    """
    take_turn(session)
    if problems := unreadable(answers):
        raise ChangeRefused(problems)
    draft = draft_row(session, subject)
    if draft is None and subject.service_id is None:
        raise NotFound("No draft has this number.")
    listed = stored_cells(session, subject.service_id) if subject.service_id is not None else {}
    # Without the draft; with what waits, because that is what the pages begin from.
    there_before = {**listed, **_waits(session, subject)}
    held = {**there_before, **(draft.cells if draft else {})}
    changed: dict[str, str] = {}
    clash: dict[str, TwoAnswers] = {}
    for name, cell in answers.items():
        there = held.get(name, "")
        was = seen.get(name, there)
        if cell in {there, was}:
            continue
        if was == there:
            changed[name] = cell
        else:
            clash[name] = TwoAnswers(was, there, cell)
    if clash:
        raise ChangedMeanwhile(clash)
    if not changed:
        return draft.round if draft else 0
    if draft is None:
        draft = _blank(subject, by, now)
        session.add(draft)
    else:
        draft.round += 1
    _write(draft, {**draft.cells, **changed}, listed, there_before, is_new=subject.service_id is None)
    session.flush()
    return draft.round


def save_words(session: Session, subject: Subject, words: str, *, seen: str) -> None:
    """What is said beside a draft that is there. seen: the words as this person had them before them.

    Raises RuleBroken('words'), NotFound, or ChangedMeanwhile('words') where somebody else has written others since.
    """
    take_turn(session)
    if len(words) > WORDS_LENGTH_MAX:
        raise RuleBroken("words", f"Shorten it to {WORDS_LENGTH_MAX:,} characters.")
    draft = draft_row(session, subject)
    if draft is None:
        raise NotFound("Nothing has been written yet.")
    if draft.words not in {seen, words}:
        raise ChangedMeanwhile({"words": TwoAnswers(seen, draft.words, words)})
    draft.words = words


def settle(session: Session, subject: Subject, shown: Mapping[str, str], keep: Collection[str]) -> None:
    """After a clash with the listing itself: keep one's own answer for some columns, and take the listing's for others.

    shown: column → what the listing held when the choice was made; where it holds something else again by the
    time the draft is sent, the choice is asked for anew.
    """
    take_turn(session)
    draft = draft_row(session, subject)
    if draft is None:
        return
    cells, base = dict(draft.cells), dict(draft.base)
    for name, cell in shown.items():
        if name not in cells:
            continue
        if name in keep:
            base[name] = cell
        else:
            del cells[name]
            base.pop(name, None)
    draft.cells, draft.base, draft.round = cells, base, draft.round + 1


def send_draft(
    session: Session,
    subject: Subject,
    places: PlaceFinder,
    *,
    by: Actor,
    now: datetime,
    seen: Mapping[str, str] | None = None,
) -> Proposed | None:
    """Propose what has been written; the draft is gone then. None where there is none: it was sent already.

    seen: marks of what this person has checked (`draft_seen.py`); None compares nothing.
    Raises WrittenSince, or as `propose` does, and the draft stays.
    """
    take_turn(session)
    draft = draft_row(session, subject)
    if draft is None:
        return None
    if seen is not None:
        still_as_seen(draft.cells, draft.words, seen)
    here = stored_cells(session, subject.service_id) if subject.service_id is not None else {}
    proposal = Proposal(
        subject.service_id,
        subject.organisation_id,
        proposed_cells(draft.cells, here, _waits(session, subject), places),
        dict(draft.base),
        source=subject.source,
        kind=draft.kind,
        words=draft.words,
    )
    back = taken_back(session, subject, draft.cells, here, by, now)
    proposed = propose(session, proposal, places, by=by, now=now)
    drop_sent(session, draft, proposed, by=by, now=now)
    return replace(proposed, taken_back=back)


def throw_away(session: Session, subject: Subject, *, now: datetime) -> None:
    """Delete what has been written. One that is gone already is no error."""
    take_turn(session)
    draft = draft_row(session, subject)
    if draft is not None:
        drop(session, draft, now=now)


def unreadable(answers: Mapping[str, str]) -> list[Problem]:
    """What no cell may hold, and columns that are not an organisation's to write."""
    problems = []
    for name, cell in answers.items():
        if name not in EDITABLE:
            problems.append(problem_of(name, "", "This is not yours to change.", "Leave it out."))
            continue
        try:
            read_cell(name, cell)
        except Refused as refused:
            problems.append(problem_of(name, cell, refused.what, refused.remedy))
    return problems


def read_cell(name: str, cell: str) -> object:
    """The value of one cell. Raises Refused; a blank one that must be filled in as well."""
    column = _COLUMN[name]
    text = unwrapped(cell)
    if text:
        return column.read(text)
    if column.required:
        raise Refused("This is blank.", "Fill it in.")
    return column.blank


def _blank(subject: Subject, by: Actor, now: datetime) -> ProposedChange:
    return ProposedChange(
        service_id=subject.service_id,
        organisation_id=subject.organisation_id,
        kind="new" if subject.service_id is None else "edit",
        source=subject.source,
        cells={},
        base={},
        state="draft",
        round=1,
        proposed_by=by.account_id,
        role=by.role,
        words="",
        made_at=now,
        decided_words="",
    )


def _waits(session: Session, subject: Subject) -> dict[str, str]:
    return own_waiting(waiting_cells(session, subject.service_id, subject.source, EDITABLE))


def _write(
    draft: ProposedChange,
    cells: dict[str, str],
    listed: Mapping[str, str],
    there_before: Mapping[str, str],
    *,
    is_new: bool,
) -> None:
    """Keep what differs from what was there before, each with what the listing held when it was first written."""
    if is_new:
        draft.cells = cells
        return
    differing = {name: cell for name, cell in cells.items() if cell != there_before.get(name, "")}
    draft.cells = differing
    draft.base = {name: draft.base.get(name, listed.get(name, "")) for name in differing}
