"""Which listings somebody's organisations have, by number alone: a page is cut from them before more is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models.tables import Organisation, Service
from directory.queries.facts import is_moved


@dataclass(frozen=True, slots=True)
class MyNumbers:
    """organisations: (number, name), by name. listings: (number, its organisation's), in the order of the page."""

    organisations: tuple[tuple[int, str], ...]
    listings: tuple[tuple[int, int], ...]


def my_numbers(session: Session, ids: Iterable[int]) -> MyNumbers:
    """Some organisations, and the numbers of all of their listings alone."""
    names = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(sorted(set(ids))))
    ).all()
    organisations = sorted(
        ((number, name) for number, name in names), key=lambda pair: (pair[1].casefold(), pair[0])
    )
    place = {number: at for at, (number, _name) in enumerate(organisations)}
    query = (
        select(Service.id, Service.organisation_id)
        .where(Service.organisation_id.in_(list(place)), ~is_moved())
        .order_by(func.lower(Service.name), Service.id)
    )
    listings = sorted(
        ((one, whose) for one, whose in session.execute(query)), key=lambda pair: place[pair[1]]
    )
    return MyNumbers(tuple(organisations), tuple(listings))
