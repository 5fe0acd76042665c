"""Tell by mail the organisations whose services something was said of: at most once a week, in neutral words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.mail.post import Letter, post_mail
from directory.actions.state_cell import same_cell
from directory.actions.version import take_matrix_turn
from directory.matrix.statements import Statement, in_force
from directory.models.audit import AuditEntry
from directory.models.organisation import Organisation
from directory.models.outbox import OutboxMail
from directory.models.service import Service
from directory.queries.matrix_services import matrix_services
from directory.queries.people import contacts_of
from directory.queries.said_of_services import names_service
from directory.queries.statements import areas_on, statements

SUBJECT = "Your listings: something new to read"
BODY = """Hello,

Something that concerns one of your listings was said or taken back by those who plan services.
Sign in, open ‘My listings’, and choose ‘What is said’ beside the listing. You can add a reply there.

This mail is sent at most once a week. Nothing happens if you do nothing.
"""


WEEK = timedelta(days=7)
LEFT_OVER_KEPT = timedelta(days=21)
"""What was said longer ago is news to nobody; whoever became an owner since reads it among their listings."""
AT_ONCE = timedelta(minutes=5)
"""Somebody may wait as long for their turn to write: their moment is then before that of a mail which is not theirs."""
STATE, WITHDRAW = "state cell", "withdraw statement"
"""The acts of the log by which something is said, and taken back."""


def tell_owners(session: Session, said: Iterable[Statement], *, now: datetime, today: date) -> int:
    """Write a mail to each organisation that has a service concerned, where it is written to; the caller commits.

    Returns how many were written. None where an organisation had one within a week: `tell_left_over` tells it then.
    """
    return sum(
        _tell(session, number, now, today) for number in sorted(_concerned(session, tuple(said), today))
    )


def tell_left_over(session: Session, *, now: datetime, today: date) -> int:
    """The same for what was said or taken back while a mail of the same week had gone out already.

    May be run as often as anybody likes. Returns how many were written; the caller commits.
    """
    query = select(AuditEntry.act, AuditEntry.about_id, AuditEntry.at).where(
        AuditEntry.act.in_((STATE, WITHDRAW)), AuditEntry.at > now - LEFT_OVER_KEPT
    )
    acts = [(act, number, at) for act, number, at in session.execute(query.order_by(AuditEntry.id)) if number]
    if not acts:
        return 0
    take_matrix_turn(session)
    everything = statements(session)
    public = {one.id for one in _undisputed(in_force(everything, today))}
    told_of = [(number, at) for act, number, at in acts if act == WITHDRAW or number in public]
    numbers = {number for number, _at in told_of}
    said = tuple(one for one in everything if one.id in numbers)
    written = 0
    for organisation_id, theirs in sorted(_concerned(session, said, today).items()):
        last = _last_told(session, organisation_id)
        left = [
            at for number, at in told_of
            if number in theirs and (last is None or (at > last - AT_ONCE and at != last))
        ]  # fmt: skip
        if left:
            written += _tell(session, organisation_id, now, today)
    return written


def _tell(session: Session, organisation_id: int, now: datetime, today: date) -> int:
    """One for each mailbox and week: the key of the mail says which."""
    last = _last_told(session, organisation_id)
    if last is not None and now - last < WEEK:
        return 0
    year, week, _day = today.isocalendar()
    written = 0
    for to in contacts_of(session, organisation_id):
        key = f"said {organisation_id} {to.account_id} {year}-{week:02}"
        written += post_mail(session, Letter(key, to.email, SUBJECT, BODY, to.account_id), now=now)
    return written


def _last_told(session: Session, organisation_id: int) -> datetime | None:
    whose = OutboxMail.key.startswith(f"said {organisation_id} ", autoescape=True)
    return session.scalar(select(func.max(OutboxMail.made_at)).where(whose))


def _undisputed(holding: Collection[Statement]) -> Iterable[Statement]:
    """What is disputed is for commissioners alone: nobody else is told that it was said."""
    for one in holding:
        others = (other for other in holding if other.speaker != one.speaker and same_cell(other, one))
        if all(other.exists is one.exists for other in others):
            yield one


def _concerned(session: Session, said: tuple[Statement, ...], today: date) -> dict[int, set[int]]:
    """Organisation → the statements of cells that a service of it fills, where they are said, or that name it."""
    areas = areas_on(session, today)
    query = select(Service.id, Service.organisation_id, Service.name, Organisation.name)
    named = session.execute(query.join(Organisation, Organisation.id == Service.organisation_id)).all()
    filling = {one.id: one for one in matrix_services(session)}
    found: dict[int, set[int]] = {}
    for service_id, organisation_id, name, organisation in named:
        service = filling.get(service_id)
        for one in said:
            area = areas.get(one.area_code)
            fills = (
                service is not None
                and area is not None
                and one.support_type in service.types
                and not service.authorities.isdisjoint(area.members)
            )
            if fills or names_service(one, name, organisation):
                found.setdefault(organisation_id, set()).add(one.id)
    return found
