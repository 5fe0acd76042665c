"""Tell by mail the organisations whose services something was said of: at most once a week, in neutral words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.mail.post import Letter, post_mail
from directory.actions.version import take_matrix_turn
from directory.matrix.statements import Statement
from directory.models.audit import AuditEntry
from directory.models.membership import Membership
from directory.models.organisation import Organisation
from directory.models.outbox import OutboxMail
from directory.models.service import Service
from directory.queries.people import Contact, contacts_of
from directory.queries.said_of_services import names_service
from directory.queries.shown_statements import ShownStatements

SUBJECT = "Your listings: something new to read"
BODY = """Hello,

Something that concerns one of your listings was said or taken back by those who plan services.
Sign in, open ‘My listings’, and choose ‘What is said’ beside the listing. You can add a reply there.

This mail is sent at most once a week. Nothing happens if you do nothing.
"""


WEEK = timedelta(days=7)
LEFT_OVER_KEPT = timedelta(days=21)
"""What was said longer ago is news to nobody."""
STATE, WITHDRAW = "state cell", "withdraw statement"
"""The acts of the log by which something is said, and taken back."""


def tell_owners(session: Session, said: Iterable[Statement], *, now: datetime, today: date) -> int:
    """Write a mail to each organisation that has a service concerned, where it is written to; the caller commits.

    Nothing is told of what is disputed, which is for commissioners alone: nobody else knows that it was said.
    Returns how many were written. None where an organisation had one within a week: `tell_left_over` tells it then.
    """
    world = ShownStatements(session, today)
    told = tuple(one for one in said if world.is_shown(one))
    written = 0
    for organisation_id in sorted(_concerned(session, world, told)) if told else ():
        if not _had_one(_last_told(session, organisation_id), now):
            written += _tell(session, organisation_id, contacts_of(session, organisation_id), now, today)
    return written


def left_over(session: Session, *, now: datetime, today: date) -> dict[int, tuple[Contact, ...]]:
    """Organisation → who is written to now of what was said or taken back while a mail of that week had gone already.

    Whoever began to act for it since is not: they read it among their listings.
    """
    query = select(AuditEntry.id, AuditEntry.about_id, AuditEntry.at).where(
        AuditEntry.act.in_((STATE, WITHDRAW)), AuditEntry.at > now - LEFT_OVER_KEPT
    )
    acts = [(act, number, at) for act, number, at in session.execute(query) if number is not None]
    if not acts:
        return {}
    world = ShownStatements(session, today)
    numbers = {number for _act, number, _at in acts}
    said = tuple(one for one in world.everything if one.id in numbers and world.is_shown(one))
    found: dict[int, tuple[Contact, ...]] = {}
    for organisation_id, theirs in sorted(_concerned(session, world, said).items()):
        last = _last_told(session, organisation_id)
        if _had_one(last, now):
            continue
        newest = max(
            (at for act, number, at in acts if number in theirs and not last.covers(act, at)), default=None
        )
        if newest is not None and (to := _who_acted_then(session, organisation_id, newest)):
            found[organisation_id] = to
    return found


def tell_left_over(session: Session, *, now: datetime, today: date) -> int:
    """Write to them. May be run as often as anybody likes. Returns how many were written; the caller commits."""
    take_matrix_turn(session)
    return sum(
        _tell(session, organisation_id, to, now, today)
        for organisation_id, to in left_over(session, now=now, today=today).items()
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The last mail to an organisation: at which moment, and which act of the log was the newest then.

    act: None of a mail whose key does not say so, as of those written before keys did.
    """

    at: datetime | None = None
    act: int | None = None

    def covers(self, act: int, at: datetime) -> bool:
        """Whether an act had been done when it was written. The moment of an act is from before its turn came."""
        if self.act is not None:
            return act <= self.act
        return self.at is not None and at <= self.at


def _last_told(session: Session, organisation_id: int) -> _Told:
    whose = OutboxMail.key.startswith(f"said {organisation_id} ", autoescape=True)
    query = select(OutboxMail.made_at, OutboxMail.key).where(whose)
    row = session.execute(query.order_by(OutboxMail.made_at.desc(), OutboxMail.id.desc()).limit(1)).first()
    if row is None:
        return _Told()
    _said, act_said, act = row.key.partition(" act ")
    return _Told(row.made_at, int(act) if act_said and act.isdecimal() else None)


def _had_one(last: _Told, now: datetime) -> bool:
    return last.at is not None and now - last.at < WEEK


def _tell(session: Session, organisation_id: int, to: Iterable[Contact], now: datetime, today: date) -> int:
    """One for each mailbox; the key says in which week, and which line of the log was the newest."""
    newest = session.scalar(select(func.max(AuditEntry.id))) or 0
    year, week, _day = today.isocalendar()
    written = 0
    for one in to:
        key = f"said {organisation_id} {one.account_id} {year}-{week:02} act {newest}"
        written += post_mail(session, Letter(key, one.email, SUBJECT, BODY, one.account_id), now=now)
    return written


def _who_acted_then(session: Session, organisation_id: int, at: datetime) -> tuple[Contact, ...]:
    """Those it is written to who acted for it at that moment."""
    query = select(Membership.account_id).where(
        Membership.organisation_id == organisation_id,
        Membership.ended_at.is_(None),
        Membership.began_at <= at,
    )
    then = set(session.scalars(query))
    return tuple(one for one in contacts_of(session, organisation_id) if one.account_id in then)


def _concerned(session: Session, world: ShownStatements, said: tuple[Statement, ...]) -> dict[int, set[int]]:
    """Organisation → the statements of cells that a service of it fills, where they are said, or that name it."""
    query = select(Service.id, Service.organisation_id, Service.name, Organisation.name)
    named = session.execute(query.join(Organisation, Organisation.id == Service.organisation_id)).all()
    filling = {one.id: one for one in world.services}
    found: dict[int, set[int]] = {}
    for service_id, organisation_id, name, organisation in named:
        service = filling.get(service_id)
        for one in said:
            area = world.areas.get(one.area_code)
            fills = (
                service is not None
                and area is not None
                and one.support_type in service.types
                and not service.authorities.isdisjoint(area.members)
            )
            if fills or names_service(one, name, organisation):
                found.setdefault(organisation_id, set()).add(one.id)
    return found
