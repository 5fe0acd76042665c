"""A file of somebody's listings, held against what is listed: drafts of what differs, which are sent together.

A large file is worked through some rows at a time, each in its own transaction: it can be stopped and run again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import as_written, checked
from directory.actions.changes.not_to_say import refused_words
from directory.actions.changes.propose import Proposal, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.replace import asked_already, waiting_of_one_side
from directory.actions.changes.rules import EDITABLE
from directory.actions.changes.sheet_cell import SHEET_COLUMNS, SheetCell, understood, whole_number
from directory.actions.changes.sheet_found import Compared, Difference, SheetProblem
from directory.actions.listing_row import ListingRow, write_row
from directory.actions.problem import Problem, Refused
from directory.actions.resolve import PlaceFinder
from directory.actions.stored_rows import stored_rows, without_confidential_places
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service

SOURCE = "spreadsheet"
_BLANK = SheetCell("")


@dataclass(frozen=True, slots=True)
class Sent:
    """sent: listings whose changes were proposed. kept: whose draft stays, since somebody changed them meanwhile.

    refused: whose draft stays, since the listing would not be a listing any more.
    """

    sent: int
    kept: tuple[str, ...]
    last_id: int
    left: int
    refused: tuple[str, ...] = ()


def sheet_rows(session: Session, organisation_ids: Collection[int]) -> list[dict[str, str]]:
    """The listings of some organisations as a file holds them, without places that must stay confidential."""
    found = stored_rows(session, my_services(session, organisation_ids))
    return [
        {
            name: cell
            for name, cell in write_row(without_confidential_places(row)).items()
            if name in SHEET_COLUMNS
        }
        for _number, row in sorted(found.items())
    ]


def my_services(session: Session, organisation_ids: Collection[int]) -> tuple[int, ...]:
    """The numbers of the organisations' listings."""
    query = (
        select(Service.id).where(Service.organisation_id.in_(tuple(organisation_ids))).order_by(Service.id)
    )
    return tuple(session.scalars(query))


def begin_comparing(session: Session, rows: int, *, by: Actor, now: datetime) -> None:
    """Drop what this person's earlier files left unsent, and write down that a file came. The caller commits."""
    session.execute(delete(ProposedChange).where(*_drafts(by)))
    record(session, by, "compare file", "file", None, now=now, rows=str(rows))


def compare_rows(
    session: Session,
    rows: Iterable[tuple[int, Mapping[str, SheetCell]]],
    mine: Collection[int],
    found: Compared,
    places: PlaceFinder,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep a draft for each listing that would change, and add to `found` what the rows come to; the caller commits.

    rows: (line, column → cell). mine: the listings that are theirs; other rows and those with a problem are left out.
    """
    batch = [(line, cells, _number(cells.get("id", _BLANK).text)) for line, cells in rows]
    wanted_ids = sorted({number for _line, _cells, number in batch} & set(mine))
    stored = stored_rows(session, wanted_ids)
    owners = _owners(session, wanted_ids)
    waiting: dict[int, list[ProposedChange]] = {number: [] for number in wanted_ids}
    for change in waiting_of_one_side(session, wanted_ids, SOURCE):
        waiting[change.service_id or 0].append(change)
    for line, cells, number in batch:
        found.rows += 1
        if number not in stored or number in found.seen:
            found.problems.append(SheetProblem(_no_row(line, cells, is_twice=number in found.seen)))
            continue
        found.seen.add(number)
        here, told = write_row(stored[number]), _told(stored[number])
        wanted, wrong = _wanted(line, cells, here, told)
        if not wrong and wanted:
            try:
                checked({**as_written(here), **wanted}, places)
            except ChangeRefused as refused:
                wrong = [replace(one, line=line) for one in refused.problems]
        if wrong:
            found.problems += [SheetProblem(one, number, here["name"]) for one in wrong]
            continue
        asked = asked_already(waiting[number], wanted)
        found.waiting += len(asked)
        new = {name: cell for name, cell in wanted.items() if name not in asked}
        if not new:
            found.unchanged += not asked
            continue
        since = {name: one.sent_at for one in waiting[number] for name in one.cells}
        found.differences += [
            Difference(number, here["name"], name, told[name], cell, since.get(name))
            for name, cell in new.items()
        ]
        session.add(_draft(number, owners[number], new, here, by, now))


def unsent(session: Session, organisation_ids: Collection[int], *, by: Actor) -> tuple[Difference, ...]:
    """What this person's file would change and has not been sent, as it is listed today."""
    mine = set(my_services(session, organisation_ids))
    drafts = [one for one in session.scalars(_in_order(by)) if one.service_id in mine]
    stored = stored_rows(session, [one.service_id or 0 for one in drafts])
    found = []
    for draft in drafts:
        told = _told(stored[draft.service_id or 0])
        found += [
            Difference(draft.service_id or 0, told["name"], name, told[name], cell)
            for name, cell in draft.cells.items()
        ]
    return tuple(found)


def count_unsent(session: Session, *, by: Actor) -> int:
    """How many listings have a draft of this person's file."""
    return session.scalar(select(func.count()).select_from(ProposedChange).where(*_drafts(by))) or 0


def send_some(
    session: Session,
    organisation_ids: Collection[int],
    places: PlaceFinder,
    *,
    after: int,
    most: int,
    by: Actor,
    now: datetime,
) -> Sent:
    """Propose some of the drafts this person's file left, and drop them; the caller commits.

    after: the last draft that was looked at before. Drafts that cannot be taken stay, and nothing of them is written.
    """
    mine = set(my_services(session, organisation_ids))
    sent, kept, wrong = 0, [], []
    drafts = session.scalars(_in_order(by).where(ProposedChange.id > after).limit(most)).all()
    for draft in drafts:
        if draft.service_id not in mine:
            continue
        asked = Proposal(draft.service_id, draft.organisation_id, draft.cells, draft.base, SOURCE)
        try:
            # Each by itself: what one has written until it is refused is undone, and the others stay.
            with session.begin_nested():
                propose(session, asked, places, by=by, now=now)
        except ChangedMeanwhile:
            kept.append(session.get_one(Service, draft.service_id).name)
            continue
        except ChangeRefused:
            wrong.append(session.get_one(Service, draft.service_id).name)
            continue
        session.delete(draft)
        sent += 1
    last = drafts[-1].id if drafts else after
    query = select(func.count()).where(*_drafts(by), ProposedChange.id > last)
    return Sent(sent, tuple(kept), last, session.scalar(query) or 0, tuple(wrong))


def _told(row: ListingRow) -> dict[str, str]:
    return write_row(without_confidential_places(row))


def _no_row(line: int, cells: Mapping[str, SheetCell], *, is_twice: bool) -> Problem:
    text = cells.get("id", _BLANK).text[:20]
    if is_twice:
        return Problem(
            line, "id", text, "This listing stands in the file twice.", "Take one of the rows out."
        )
    if not text.strip():
        what = "The row has no number in the column ‘id’."
        return Problem(line, "id", "", what, "Copy it from your download. Add new services on ‘My listings’.")
    return Problem(line, "id", text, "This is not one of your listings.", "Take the row out.")


def _wanted(
    line: int, cells: Mapping[str, SheetCell], here: Mapping[str, str], told: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """The cells that say something new, and what is wrong with the row."""
    wanted: dict[str, str] = {}
    problems: list[Problem] = []
    for name in EDITABLE:
        if name not in cells:
            continue
        try:
            text = understood(name, cells[name], told[name])
        except Refused as refused:
            problems.append(Problem(line, name, cells[name].text[:40], refused.what, refused.remedy))
            continue
        if text == told[name]:
            continue
        if name == "locations" and told[name] != here[name]:
            what = "This listing has places that must stay confidential, which no file holds."
            problems.append(Problem(line, name, "", what, "Change its places on the page of the listing."))
            continue
        if name not in SHEET_COLUMNS:
            what = "A file does not give a listing to another organisation."
            problems.append(Problem(line, name, text[:40], what, "Leave this column as it was."))
            continue
        wanted[name] = text
        if wrong := refused_words(name, text, told[name]):
            problems.append(Problem(line, name, cells[name].text[:40], wrong.what, wrong.remedy))
    return wanted, problems


def _number(cell: str) -> int:
    text = whole_number(cell).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _owners(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = select(Service.id, Service.organisation_id).where(Service.id.in_(ids))
    return dict(session.execute(query).all())


def _drafts(by: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        ProposedChange.state == "draft",
        ProposedChange.source == SOURCE,
        ProposedChange.proposed_by == by.account_id,
    )


def _in_order(by: Actor) -> Select[ProposedChange]:
    return select(ProposedChange).where(*_drafts(by)).order_by(ProposedChange.id)


def _draft(
    number: int,
    organisation_id: int,
    wanted: dict[str, str],
    here: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> ProposedChange:
    return ProposedChange(
        service_id=number,
        organisation_id=organisation_id,
        kind="edit",
        source=SOURCE,
        cells=wanted,
        base={name: here[name] for name in wanted},
        state="draft",
        proposed_by=by.account_id,
        role=by.role,
        made_at=now,
    )
