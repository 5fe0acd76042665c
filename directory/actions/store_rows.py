"""Rows into tables, many at a time. Core inserts: a hundred thousand ORM objects would take minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from directory.actions.listing_row import ListingRow
from directory.actions.resolve import Resolved
from directory.actions.vocabulary import TAG_COLUMNS
from directory.models.tables import (
    METADATA,
    Attribute,
    ContactRoute,
    Coverage,
    Inclusion,
    Location,
    Organisation,
    Service,
)

# Columns of the file that are columns of the table, value for value.
PLAIN_COLUMNS: tuple[str, ...] = tuple(
    """organisation_url name description status listing listing_reason minimum_age maximum_age age_note
    coverage_note confidential confidential_reason url referral_note free_to_person cost_note
    interpreters accepting_referrals waiting_list waiting_weeks waiting_as_at waiting_note
    capacity_per_year sector advice_to_professionals can_stay_anonymous when_they_must_tell
    safe_contact before_you_call before_you_refer source_name source_note source_date seen_on
    confidence""".split()
)
# What hangs on a service and is written anew when the service changes. Confirmations stay.
CHILDREN = (Attribute, ContactRoute, Location, Coverage, Inclusion)

Cells = dict[str, Any]


class RowStore:
    """Writes resolved rows within one session. Remembers organisations by name."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._organisations: dict[str, int] = {}

    def add(self, found: Sequence[Resolved]) -> None:
        """New services. Their ids must be set and free."""
        self._name_organisations(found)
        self._insert(Service.__tablename__, [self._service(one) for one in found])
        self._insert_children(found)

    def change(self, found: Sequence[Resolved]) -> None:
        """Services that exist, written over as they now are."""
        self._name_organisations(found)
        table = METADATA.tables[Service.__tablename__]
        values = [self._service(one) for one in found]
        for value in values:
            value["service_id"] = value.pop("id")
        if values:
            self._session.connection().execute(
                update(table).where(table.c.id == bindparam("service_id")), values
            )
        for child in CHILDREN:
            ids = [value["service_id"] for value in values]
            self._session.execute(delete(child).where(child.service_id.in_(ids)))
        self._insert_children(found)

    def _insert_children(self, found: Sequence[Resolved]) -> None:
        self._insert(Attribute.__tablename__, [line for one in found for line in _attributes(one.row)])
        self._insert(ContactRoute.__tablename__, [line for one in found for line in _routes(one.row)])
        self._insert(Location.__tablename__, [line for one in found for line in _locations(one)])
        self._insert(Coverage.__tablename__, [line for one in found for line in _coverage(one)])
        self._insert(Inclusion.__tablename__, [line for one in found for line in _evidence(one.row)])

    def _insert(self, table: str, lines: list[Cells]) -> None:
        if lines:
            self._session.connection().execute(insert(METADATA.tables[table]), lines)

    def _name_organisations(self, found: Iterable[Resolved]) -> None:
        names = sorted({one.row.organisation for one in found} - self._organisations.keys())
        if not names:
            return
        there = select(Organisation.name, Organisation.id).where(Organisation.name.in_(names))
        self._organisations.update((name, number) for name, number in self._session.execute(there))
        new = [name for name in names if name not in self._organisations]
        if new:
            self._insert(Organisation.__tablename__, [{"name": name} for name in new])
            self._organisations.update((name, number) for name, number in self._session.execute(there))

    def _service(self, one: Resolved) -> Cells:
        row = one.row
        decision, profile = (*row.inclusion, "", "")[:2]
        return {
            "id": row.id,
            "organisation_id": self._organisations[row.organisation],
            **{name: getattr(row, name) for name in PLAIN_COLUMNS},
            "alternate_name": "\n".join(row.alternate_name),
            "source_url": "\n".join(row.source_url),
            "coverage_names": "\n".join(row.coverage),
            "coverage_is_partial": one.coverage.partial,
            "is_confidential": one.is_confidential,
            "inclusion_decision": decision,
            "inclusion_profile": profile,
        }


def _attributes(row: ListingRow) -> Iterable[Cells]:
    for column, (taxonomy, _vocabulary) in TAG_COLUMNS.items():
        for position, tag in enumerate(getattr(row, column)):
            code, is_certain = (tag, True) if isinstance(tag, str) else (tag.code, tag.is_certain)
            yield {
                "service_id": row.id,
                "taxonomy": taxonomy,
                "term": code,
                "position": position,
                "is_certain": is_certain,
            }


def _routes(row: ListingRow) -> Iterable[Cells]:
    for position, route in enumerate(row.contact_routes):
        yield {
            "service_id": row.id,
            "position": position,
            "kind": route.kind,
            "value": route.value,
            "hours": route.hours,
            "note": route.note,
        }


def _locations(one: Resolved) -> Iterable[Cells]:
    for position, (place, point) in enumerate(zip(one.row.locations, one.points, strict=True)):
        yield {
            "service_id": one.row.id,
            "position": position,
            "precision": place.precision,
            "town": place.town,
            "postcode": place.postcode,
            "note": place.note,
            "is_confidential": point is None,
            "easting_m": point.easting_m if point else None,
            "northing_m": point.northing_m if point else None,
        }


def _coverage(one: Resolved) -> Iterable[Cells]:
    for code in sorted(one.coverage.authorities | one.coverage.nations):
        yield {"service_id": one.row.id, "area_code": code, "is_partial": code in one.coverage.partly}


def _evidence(row: ListingRow) -> Iterable[Cells]:
    for position, line in enumerate(row.inclusion_evidence):
        yield {
            "service_id": row.id,
            "position": position,
            "criterion": line.criterion,
            "answer": line.answer,
            "evidence": line.evidence,
            "evidence_date": line.evidence_date,
        }
