"""Tables into rows: what the database holds, in the shape of a listings file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.cells import Tag
from directory.actions.lines import Evidence, Place
from directory.actions.listing_row import ListingRow
from directory.actions.resolve import confidential
from directory.actions.store_rows import PLAIN_COLUMNS
from directory.actions.vocabulary import TAG_COLUMNS
from directory.models.tables import (
    METADATA,
    Attribute,
    Confirmation,
    ContactRoute,
    Inclusion,
    Location,
    Organisation,
    Service,
)
from directory.reference.routes import Route

BATCH = 500
"""Services read or written together: below the number of values a query may carry."""

_WITH_CERTAINTY = frozenset({"groups", "support_types"})


def stored_rows(session: Session, ids: Sequence[int]) -> dict[int, ListingRow]:
    """Id → row, for those that exist; confidential places included. Seven queries, however many ids."""
    if not ids:
        return {}
    tags = _tags(session, ids)
    routes = _children(
        session, ContactRoute, ids, lambda c: Route(c["kind"], c["value"], c["hours"], c["note"])
    )
    places = _children(
        session, Location, ids, lambda c: Place(c["precision"], c["town"], c["postcode"], c["note"])
    )
    evidence = _children(
        session,
        Inclusion,
        ids,
        lambda c: Evidence(c["criterion"], c["answer"], c["evidence"], c["evidence_date"]),
    )
    confirmed = _confirmed(session, ids)
    service = METADATA.tables[Service.__tablename__]
    query = (
        select(service, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == service.c.organisation_id)
        .where(service.c.id.in_(ids))
        .order_by(service.c.id)
    )
    found = {}
    for cells in session.execute(query).mappings():
        number = cells["id"]
        last = confirmed.get(number)
        found[number] = ListingRow(
            id=number,
            organisation=cells["organisation"],
            **{name: cells[name] for name in PLAIN_COLUMNS},
            **tags[number],
            alternate_name=_split(cells["alternate_name"]),
            source_url=_split(cells["source_url"]),
            coverage=_split(cells["coverage_names"]),
            inclusion=tuple(
                part for part in (cells["inclusion_decision"], cells["inclusion_profile"]) if part
            ),
            contact_routes=routes[number],
            locations=places[number],
            inclusion_evidence=evidence[number],
            last_confirmed=last[0] if last else None,
            confirmed_by=last[1] if last else "",
        )
    return found


def without_confidential_places(row: ListingRow) -> ListingRow:
    """The row as it may leave the database: without any place that is confidential."""
    if not row.locations:
        return row
    if confidential(row):
        return replace(row, locations=())
    shown = tuple(place for place in row.locations if place.precision != "confidential")
    return row if len(shown) == len(row.locations) else replace(row, locations=shown)


def _split(lines: str) -> tuple[str, ...]:
    return tuple(lines.split("\n")) if lines else ()


def _tags(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, Any]]:
    column_of = {taxonomy: column for column, (taxonomy, _vocabulary) in TAG_COLUMNS.items()}
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {column: [] for column in TAG_COLUMNS})
    query = (
        select(Attribute.service_id, Attribute.taxonomy, Attribute.term, Attribute.is_certain)
        .where(Attribute.service_id.in_(ids))
        .order_by(Attribute.service_id, Attribute.taxonomy, Attribute.position)
    )
    for number, taxonomy, term, is_certain in session.execute(query):
        column = column_of.get(taxonomy)
        if column is not None:
            found[number][column].append(Tag(term, is_certain) if column in _WITH_CERTAINTY else term)
    blank: dict[str, Any] = dict.fromkeys(TAG_COLUMNS, ())
    return {
        number: {column: tuple(terms) for column, terms in found[number].items()}
        if number in found
        else blank
        for number in ids
    }


def _children(session: Session, table: Any, ids: Sequence[int], make: Any) -> Mapping[int, tuple[Any, ...]]:
    rows = METADATA.tables[table.__tablename__]
    query = select(rows).where(rows.c.service_id.in_(ids)).order_by(rows.c.service_id, rows.c.position)
    found: dict[int, list[Any]] = {number: [] for number in ids}
    for cells in session.execute(query).mappings():
        found[cells["service_id"]].append(make(cells))
    return {number: tuple(made) for number, made in found.items()}


def _confirmed(session: Session, ids: Iterable[int]) -> Mapping[int, tuple[Any, str]]:
    """Service → (day, role) of its latest confirmation."""
    query = (
        select(Confirmation.service_id, Confirmation.confirmed_on, Confirmation.role)
        .where(Confirmation.service_id.in_(ids))
        .order_by(Confirmation.confirmed_on, Confirmation.id)
    )
    return {number: (day, role) for number, day, role in session.execute(query)}
