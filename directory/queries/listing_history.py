"""What a listing was, and what changed each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.listing_past import ListingPast


@dataclass(frozen=True, slots=True)
class PastChange:
    """One version. changed: column → (what it held before, what it held then); empty for the first one kept."""

    id: int
    at: datetime
    act: str
    role: str
    changed: Mapping[str, tuple[str, str]]


def listing_history(session: Session, service_id: int) -> tuple[PastChange, ...]:
    """Every version that is kept, the newest first.

    It holds confidential places: for those who may see the listing's own.
    """
    found = []
    before: Mapping[str, str] | None = None
    query = select(ListingPast).where(ListingPast.service_id == service_id).order_by(ListingPast.id)
    for one in session.scalars(query):
        columns = dict.fromkeys((*(before or {}), *one.cells)) if before is not None else {}
        changed = {
            name: (before.get(name, ""), one.cells.get(name, ""))
            for name in columns
            if before is not None and before.get(name, "") != one.cells.get(name, "")
        }
        found.append(PastChange(one.id, one.at, one.act, one.role, changed))
        before = one.cells
    return tuple(reversed(found))
