"""A file of somebody's listings, held against what is listed: drafts of what differs, which are sent together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.cells import unwrapped
from directory.actions.changes.apply import as_written, checked
from directory.actions.changes.propose import Proposal, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import EDITABLE
from directory.actions.listing_row import write_row
from directory.actions.problem import Problem, Refused
from directory.actions.resolve import PlaceFinder
from directory.actions.stored_rows import stored_rows, without_confidential_places
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service

SHEET_COLUMNS: tuple[str, ...] = ("id", *EDITABLE)
_NUMBER, _FORMULA = "\x00number", "\x00formula"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change: what it is now, and what the file says."""

    service_id: int
    name: str
    column: str
    was: str
    will_be: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file comes to. rows: how many it has; unchanged: of those, how many say nothing new."""

    rows: int
    unchanged: int
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]


def sheet_rows(session: Session, organisation_ids: Collection[int]) -> list[dict[str, str]]:
    """The listings of some organisations as a file holds them, without places that must stay confidential."""
    found = stored_rows(session, _ids(session, organisation_ids))
    return [
        {
            name: cell
            for name, cell in write_row(without_confidential_places(row)).items()
            if name in SHEET_COLUMNS
        }
        for _number, row in sorted(found.items())
    ]


def compare_sheet(
    session: Session,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    organisation_ids: Collection[int],
    places: PlaceFinder,
    *,
    by: Actor,
    now: datetime,
) -> Compared:
    """Keep a draft for each listing that would change, in the place of this person's earlier ones; the caller commits.

    rows: (line, column → cell). Rows of listings of other organisations are refused, and rows with any problem.
    """
    mine = _ids(session, organisation_ids)
    stored = stored_rows(session, mine)
    session.execute(delete(ProposedChange).where(*_drafts(by)))
    problems: list[Problem] = []
    differences: list[Difference] = []
    seen: set[int] = set()
    count = unchanged = 0
    for line, texts in rows:
        count += 1
        number = _number(texts.get("id", ""))
        if number not in stored or number in seen:
            what = (
                "This row stands in the file twice."
                if number in seen
                else "This is not one of your listings."
            )
            problems.append(
                Problem(line, "id", texts.get("id", "").replace("\x00", "")[:20], what, "Take the row out.")
            )
            continue
        seen.add(number)
        here, told = write_row(stored[number]), write_row(without_confidential_places(stored[number]))
        wanted, wrong = _wanted(line, texts, here, told)
        if not wrong and wanted:
            try:
                checked({**as_written(here), **wanted}, places)
            except ChangeRefused as refused:
                wrong = [replace(one, line=line) for one in refused.problems]
        if wrong:
            problems += wrong
        elif wanted:
            differences += [
                Difference(number, here["name"], name, told[name], wanted[name]) for name in wanted
            ]
            session.add(_draft(session, number, wanted, here, by, now))
        else:
            unchanged += 1
    record(session, by, "compare file", "file", None, now=now, rows=str(count), drafts=str(len(differences)))
    return Compared(count, unchanged, tuple(differences), tuple(problems))


def send_drafts(
    session: Session, organisation_ids: Collection[int], places: PlaceFinder, *, by: Actor, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Propose every draft this person's file left, and drop it; the caller commits.

    Returns how many were sent, and the names of listings that somebody changed meanwhile: their drafts stay.
    """
    mine = set(_ids(session, organisation_ids))
    sent, clashed = 0, []
    for draft in session.scalars(
        select(ProposedChange).where(*_drafts(by)).order_by(ProposedChange.id)
    ).all():
        if draft.service_id not in mine:
            continue
        asked = Proposal(draft.service_id, draft.organisation_id, draft.cells, draft.base, "spreadsheet")
        try:
            propose(session, asked, places, by=by, now=now)
        except (ChangedMeanwhile, ChangeRefused):
            clashed.append(session.get_one(Service, draft.service_id).name)
            continue
        session.delete(draft)
        sent += 1
    return sent, tuple(clashed)


def _wanted(
    line: int, texts: Mapping[str, str], here: Mapping[str, str], told: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """The cells that say something new, and what is wrong with the row."""
    wanted: dict[str, str] = {}
    problems: list[Problem] = []
    for name in EDITABLE:
        if name not in texts:
            continue
        raw = texts[name].replace("\r\n", "\n").replace("\r", "\n")
        if raw == _FORMULA:
            problems.append(
                Problem(line, name, "", "The cell holds a formula.", "Write its result in its place.")
            )
            continue
        is_number, text = raw.startswith(_NUMBER), raw.removeprefix(_NUMBER)
        if name == "contact_routes" and (is_number or re.fullmatch(r"\s*[1-9][\d ]{8,}\s*", text)):
            what = "The spreadsheet has made a number of this telephone number: the 0 before it is lost."
            remedy = "Write it as text, like: telephone | 01632 960001"
            problems.append(Problem(line, name, text[:40], what, remedy))
            continue
        try:
            text = unwrapped(text)
        except Refused as refused:
            problems.append(Problem(line, name, text[:40], refused.what, refused.remedy))
            continue
        if _same(text, told[name]):
            continue
        if name == "locations" and told[name] != here[name]:
            what = "This listing has places that must stay confidential, which no file holds."
            problems.append(Problem(line, name, "", what, "Change its places on the page of the listing."))
            continue
        wanted[name] = text
    return wanted, problems


def _same(text: str, stored: str) -> bool:
    """Whether a cell says what is stored, however a spreadsheet has reformatted it."""
    return _plain(text) == _plain(stored) or _month(text) == _plain(stored) or _whole_day(text, stored)


def _plain(text: str) -> str:
    lines = [" ".join(one.split()) for one in text.strip().split("\n")]
    plain = "\n".join(one for one in lines if one)
    folded = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}
    if plain.casefold() in folded:
        return folded[plain.casefold()]
    return re.sub(r"^(\d+)\.0+$", r"\1", plain)


def _month(text: str) -> str:
    """'Nov-25' → '2025-11'; '21/11/2025' → '2025-11-21'; else ''."""
    if found := re.fullmatch(r"([A-Za-z]{3})[- ](\d{2})", text.strip()):
        name = found[1].casefold()
        return f"20{found[2]}-{_MONTHS.index(name) + 1:02}" if name in _MONTHS else ""
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip()):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return ""


def _whole_day(text: str, stored: str) -> bool:
    """A month or year that a spreadsheet has turned into its first day."""
    return bool(re.fullmatch(r"\d{4}(-\d{2})?", stored)) and text == f"{stored}-01-01"[:10]


def _number(cell: str) -> int:
    text = cell.removeprefix(_NUMBER).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _ids(session: Session, organisation_ids: Collection[int]) -> list[int]:
    query = (
        select(Service.id).where(Service.organisation_id.in_(tuple(organisation_ids))).order_by(Service.id)
    )
    return list(session.scalars(query))


def _drafts(by: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        ProposedChange.state == "draft",
        ProposedChange.source == "spreadsheet",
        ProposedChange.proposed_by == by.account_id,
    )


def _draft(
    session: Session, number: int, wanted: dict[str, str], here: Mapping[str, str], by: Actor, now: datetime
) -> ProposedChange:
    return ProposedChange(
        service_id=number,
        organisation_id=session.get_one(Service, number).organisation_id,
        kind="edit",
        source="spreadsheet",
        cells=wanted,
        base={name: here[name] for name in wanted},
        state="draft",
        proposed_by=by.account_id,
        role=by.role,
        made_at=now,
    )
