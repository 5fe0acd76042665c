"""Tell by mail the organisations whose services something was said of: at most once a week, in neutral words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.mail.post import Letter, post_mail
from directory.matrix.statements import Statement
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries.matrix_services import matrix_services
from directory.queries.people import contacts_of
from directory.queries.said_of_services import names_service
from directory.queries.statements import areas_on

SUBJECT = "Your listings: something new to read"
BODY = """Hello,

Something that concerns one of your listings was said or taken back by those who plan services.
Sign in, open ‘My listings’, and choose ‘What is said’ beside the listing. You can add a reply there.

This mail is sent at most once a week. Nothing happens if you do nothing.
"""


def tell_owners(session: Session, said: Iterable[Statement], *, now: datetime, today: date) -> int:
    """Write a mail to each organisation that has a service concerned, where it is written to; the caller commits.

    Returns how many were written. One for each mailbox and week: the key of the mail says which.
    """
    organisations = _concerned(session, tuple(said), today)
    year, week, _day = today.isocalendar()
    written = 0
    for organisation_id in sorted(organisations):
        for to in contacts_of(session, organisation_id):
            key = f"said {organisation_id} {to.account_id} {year}-{week:02}"
            written += post_mail(session, Letter(key, to.email, SUBJECT, BODY, to.account_id), now=now)
    return written


def _concerned(session: Session, said: tuple[Statement, ...], today: date) -> frozenset[int]:
    """Organisations of which a service fills one of these cells, where it is said, or is named."""
    areas = areas_on(session, today)
    query = select(Service.id, Service.organisation_id, Service.name, Organisation.name)
    named = session.execute(query.join(Organisation, Organisation.id == Service.organisation_id)).all()
    filling = {one.id: one for one in matrix_services(session)}
    found = set()
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
                found.add(organisation_id)
    return frozenset(found)
