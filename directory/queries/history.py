"""What a listing was, each time it was changed: for those who may see the places that it keeps private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.listing_past import ListingPast


@dataclass(frozen=True, slots=True)
class Version:
    """A listing as it stood. changed: column → (what it was in the version before, what it was in this one)."""

    id: int
    at: datetime
    act: str
    role: str
    change_id: int | None
    changed: Mapping[str, tuple[str, str]]


def versions(session: Session, service_id: int) -> tuple[Version, ...]:
    """Every version that is kept, the newest first."""
    query = select(ListingPast).where(ListingPast.service_id == service_id).order_by(ListingPast.id)
    found: list[Version] = []
    before: Mapping[str, str] | None = None
    for row in session.scalars(query):
        found.append(
            Version(row.id, row.at, row.act, row.role, row.change_id, _differences(before, row.cells))
        )
        before = row.cells
    return tuple(reversed(found))


def service_of_version(session: Session, version_id: int) -> int | None:
    """Whose version that is."""
    return session.scalar(select(ListingPast.service_id).where(ListingPast.id == version_id))


def _differences(before: Mapping[str, str] | None, after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    if before is None:
        return {}
    return {
        name: (before.get(name, ""), after.get(name, ""))
        for name in sorted({*before, *after})
        if before.get(name, "") != after.get(name, "")
    }
