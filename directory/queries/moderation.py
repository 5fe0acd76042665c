"""What waits for a moderator, and what was done: never for a public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from directory.models.audit import AuditEntry
from directory.models.correction import Correction
from directory.models.hold import Hold
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.manage_requests import waiting_requests
from directory.queries.waiting import contradicting

KINDS = ("edit", "new", "restore", "correction")
ACTS_ON_A_PAGE = 50
CORRECTIONS_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that waits. kind: 'edit', 'new', 'restore', 'correction' (all open ones of a service together), or
      'request' (about an owner; only one that reads like danger).
    number: of the change or request, or of the service for corrections. columns: what a change is about.
    times: messages.
    rivals: other changes that wait and ask for something else in the same column.
    """

    kind: str
    number: int
    service_id: int | None
    name: str
    waiting_since: datetime
    is_urgent: bool
    columns: tuple[str, ...] = ()
    times: int = 1
    proposed_by: int | None = None
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One message of a visitor, or several that said the same. words: None once they are deleted."""

    id: int
    about: str
    words: str | None
    times: int
    is_urgent: bool
    received_at: datetime
    closed_at: datetime | None
    result: str


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the log. account_id: None for the site itself, and for whoever is lost."""

    at: datetime
    account_id: int | None
    role: str
    act: str
    about: str
    about_id: int | None
    details: tuple[tuple[str, str], ...]


def queue(session: Session, kind: str = "") -> tuple[QueueItem, ...]:
    """What waits, of one kind or of all: first what reads like danger, then the oldest."""
    found: list[QueueItem] = []
    if kind != "correction":
        found += _changes(session, kind)
    if kind in {"", "correction"}:
        found += _corrections(session)
    if not kind:
        found += _requests_of_danger(session)
    return tuple(sorted(found, key=lambda one: (not one.is_urgent, one.waiting_since, one.number)))


def oldest_wait(session: Session) -> datetime | None:
    """Since when the oldest change waits; None where none does. Both sides are told."""
    query = select(func.min(ProposedChange.sent_at)).where(ProposedChange.state == "waiting")
    return session.scalar(query)


def _changes(session: Session, kind: str) -> list[QueueItem]:
    query = (
        select(ProposedChange, Service.name)
        .outerjoin(Service, Service.id == ProposedChange.service_id)
        .where(ProposedChange.state == "waiting")
    )
    if kind:
        query = query.where(ProposedChange.kind == kind)
    rivals = contradicting(session)
    return [
        QueueItem(
            kind=change.kind,
            number=change.id,
            service_id=change.service_id,
            name=name or change.cells.get("name", ""),
            waiting_since=change.sent_at or change.made_at,
            is_urgent=False,
            columns=tuple(change.cells) if change.service_id is not None else (),
            proposed_by=change.proposed_by,
            rivals=rivals.get(change.id, ()),
        )
        for change, name in session.execute(query)
    ]


def _requests_of_danger(session: Session) -> list[QueueItem]:
    """Requests about owners have a page of their own; what reads like danger in one is read here as well."""
    return [
        QueueItem(
            "request", one.request_id, one.service_id, one.service or one.organisation, one.made_at, True
        )
        for one in waiting_requests(session)
        if one.is_urgent
    ]


def _corrections(session: Session) -> list[QueueItem]:
    """One line for each listing, added up where they are stored: nobody can make the queue slow by writing much."""
    since = func.min(Correction.received_at)
    query = (
        select(
            Correction.service_id,
            Service.name,
            Correction.about,
            since,
            func.sum(Correction.times),
            func.sum(case((Correction.is_urgent, 1), else_=0)),
        )
        .join(Service, Service.id == Correction.service_id)
        .where(Correction.closed_at.is_(None))
        .group_by(Correction.service_id, Service.name, Correction.about)
        .order_by(Correction.service_id, since, Correction.about)
    )
    found = []
    for service_id, group in groupby(session.execute(query), key=lambda row: row[0]):
        rows = list(group)
        found.append(
            QueueItem(
                kind="correction",
                number=service_id,
                service_id=service_id,
                name=rows[0][1],
                waiting_since=rows[0][3],
                is_urgent=any(row[5] for row in rows),
                columns=tuple(row[2] for row in rows),
                times=sum(int(row[4]) for row in rows),
            )
        )
    return found


def corrections_of(session: Session, service_id: int) -> tuple[tuple[CorrectionView, ...], int]:
    """(messages about one listing, how many more there are): open ones first, then like danger, then the oldest."""
    of_it = Correction.service_id == service_id
    count = session.scalar(select(func.count()).select_from(Correction).where(of_it)) or 0
    query = (
        select(Correction)
        .where(of_it)
        .order_by(
            Correction.closed_at.is_not(None),
            Correction.is_urgent.desc(),
            Correction.received_at,
            Correction.id,
        )
        .limit(CORRECTIONS_ON_A_PAGE)
    )
    found = tuple(
        CorrectionView(
            row.id,
            row.about,
            row.words,
            row.times,
            row.is_urgent,
            row.received_at,
            row.closed_at,
            row.result,
        )
        for row in session.scalars(query)
    )
    return found, count - len(found)


def acts(session: Session, *, about: str = "", act: str = "", page: int = 1) -> tuple[tuple[Act, ...], int]:
    """(the acts of a page, newest first; how many there are). about, act: only those; '' is all."""
    conditions = [
        column == wanted for column, wanted in ((AuditEntry.about, about), (AuditEntry.act, act)) if wanted
    ]
    count = session.scalar(select(func.count()).select_from(AuditEntry).where(*conditions)) or 0
    query = select(AuditEntry).where(*conditions).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    rows = session.scalars(query.limit(ACTS_ON_A_PAGE).offset((page - 1) * ACTS_ON_A_PAGE))
    return (
        tuple(
            Act(
                row.at,
                row.account_id,
                row.role,
                row.act,
                row.about,
                row.about_id,
                tuple(sorted(row.details.items())),
            )
            for row in rows
        ),
        count,
    )


def kinds_of_acts(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what was acted on, the acts), each once, by the alphabet: for the filters."""
    abouts = session.scalars(select(AuditEntry.about).distinct().order_by(AuditEntry.about)).all()
    names = session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)).all()
    return tuple(abouts), tuple(names)


def count_down(session: Session) -> int:
    """How many things are taken down now."""
    return session.scalar(select(func.count()).where(Hold.lifted_at.is_(None))) or 0


def count_unread(session: Session) -> int:
    """How many messages of visitors nobody has dealt with yet; one that was sent twice counts twice."""
    query = select(func.coalesce(func.sum(Correction.times), 0)).where(Correction.closed_at.is_(None))
    return session.scalar(query) or 0


def next_in_queue(session: Session, change_id: int, account_id: int) -> QueueItem | None:
    """What to look at after a change: the first that waits and that this account has not proposed itself."""
    waiting = (
        one
        for one in queue(session)
        if one.proposed_by != account_id
        and (one.kind in {"correction", "request"} or one.number != change_id)
    )
    return next(waiting, None)
