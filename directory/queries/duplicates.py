"""Listings that may be the same service as one that somebody writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.tables import ContactRoute, Organisation, Service
from directory.queries.facts import is_shown
from directory.reference.telephones import digits_to_dial

ALIKE_PERCENT = 88
"""From how much alike two names are worth a look: a word more or less, or one spelled otherwise."""
SHOWN_MAX = 5


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A listing that may be the same. shares: 'name', 'telephone' or 'website'."""

    id: int
    name: str
    organisation: str
    shares: str


def likely_duplicates(
    session: Session, *, name: str, numbers: Collection[str], url: str, but_not: int | None
) -> tuple[Duplicate, ...]:
    """At most five listings for the public that share a number, a website, or nearly a name. numbers: as typed."""
    dialled = {digits_to_dial(number) for number in numbers} - {""}
    called = {
        service_id
        for service_id, value in session.execute(
            select(ContactRoute.service_id, ContactRoute.value).where(ContactRoute.kind == "telephone")
        )
        if digits_to_dial(value) in dialled
    }
    found = []
    query = (
        select(Service.id, Service.name, Organisation.name, Service.url)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(is_shown())
        .order_by(Service.id)
    )
    for number, other, organisation, website in session.execute(query):
        if number == but_not:
            continue
        if number in called:
            found.append(Duplicate(number, other, organisation, "telephone"))
        elif url and website and _plain(url) == _plain(website):
            found.append(Duplicate(number, other, organisation, "website"))
        elif name and fuzz.ratio(name, other, processor=default_process) >= ALIKE_PERCENT:
            found.append(Duplicate(number, other, organisation, "name"))
    return tuple(found[:SHOWN_MAX])


def _plain(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/").casefold()
