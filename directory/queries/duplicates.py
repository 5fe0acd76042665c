"""Listings that may be the same as a new one, and those that it could be taken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.contact_route import ContactRoute
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries.facts import is_moved, is_shown
from directory.reference.look_alike import look_alikes
from directory.reference.same_way import folded_way, host_of

ALIKE_LEAST = 88
"""Of 100: how alike two names are, whatever the order of their words."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A stored listing that may be the same. because: 'name', 'way' (a number, address or page) or 'website'."""

    id: int
    name: str
    organisation: str
    because: tuple[str, ...]


def likely_twins(
    session: Session,
    name: str,
    ways: Iterable[str],
    url: str,
    own_id: int | None,
    *,
    only_public: bool = False,
) -> tuple[Twin, ...]:
    """Those listings, by number. ways: contact routes' values as they are written.

    only_public: for whoever may not see what is not listed.
    """
    wanted = {folded_way(way) for way in ways} - {""}
    host = host_of(url)
    found: dict[int, list[str]] = defaultdict(list)
    names: dict[int, tuple[str, str]] = {}
    query = select(Service.id, Service.name, Organisation.name, Service.url)
    query = query.join(Organisation, Organisation.id == Service.organisation_id).where(
        is_shown() if only_public else ~is_moved()
    )
    for number, other, organisation, address in session.execute(query):
        names[number] = (other, organisation)
        if fuzz.token_sort_ratio(name.casefold(), other.casefold()) >= ALIKE_LEAST:
            found[number].append("name")
        if host and host_of(address) == host:
            found[number].append("website")
    for number, value in session.execute(select(ContactRoute.service_id, ContactRoute.value)):
        if number in names and folded_way(value) in wanted and "way" not in found[number]:
            found[number].append("way")
    return tuple(
        Twin(number, *names[number], tuple(why))
        for number, why in sorted(found.items())
        if why and number != own_id
    )


def taken_for(session: Session, names: Iterable[str], urls: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(what is new, what it could be taken for): names of organisations and services, and hosts of websites."""
    known_names = [*session.scalars(select(Organisation.name)), *session.scalars(select(Service.name))]
    hosts = sorted({host_of(url) for url in session.scalars(select(Service.url))} - {""})
    pairs = [(name, other) for name in names if name for other in look_alikes(name, known_names)]
    pairs += [
        (host_of(url), other) for url in urls if host_of(url) for other in look_alikes(host_of(url), hosts)
    ]
    return tuple(dict.fromkeys(pairs))
