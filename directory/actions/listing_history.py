"""Remember versions of listings, many at a time: what each was, and what it has become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from directory.actions.listing_row import COLUMN_NAMES
from directory.models.listing_past import ListingPast
from directory.models.tables import METADATA

AS_BEFORE = "as it was before"
# That somebody confirmed it meanwhile is no other listing.
_NO_VERSION = frozenset({"id", "last_confirmed", "confirmed_by"})
COMPARED = tuple(name for name in COLUMN_NAMES if name not in _NO_VERSION)


@dataclass(frozen=True, slots=True)
class Became:
    """Every cell of a listing as it was until now, and as it is from now on."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def remember(session: Session, changed: Sequence[Became], *, act: str, role: str, now: datetime) -> None:
    """Keep what these listings have become; and what they were, where the history does not end with that.

    act, role: for the history ('imported from a file', 'import of services.csv'). The caller commits.
    """
    differing = [
        (int(one.after["id"]), one.before, one.after) for one in changed if differs(one.before, one.after)
    ]
    last = last_cells(session, [number for number, _was, _is in differing])
    lines: list[dict[str, Any]] = []
    for number, was, now_is in differing:
        if number not in last or differs(last[number], was):
            lines.append(version_line(number, was, AS_BEFORE, "", now))
        lines.append(version_line(number, now_is, act, role, now))
    if lines:
        session.connection().execute(insert(METADATA.tables[ListingPast.__tablename__]), lines)


def differs(past: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    """Whether two versions are not the same listing."""
    return any(past.get(name, "") != cells.get(name, "") for name in COMPARED)


def last_cells(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, str]]:
    """Of those that have a history the cells with which it ends: the filled ones of the last that was written down."""
    if not ids:
        return {}
    newest = (
        select(func.max(ListingPast.id))
        .where(ListingPast.service_id.in_(ids))
        .group_by(ListingPast.service_id)
    )
    rows = session.execute(
        select(ListingPast.service_id, ListingPast.cells).where(ListingPast.id.in_(newest))
    )
    return dict(rows.all())


def version_line(
    number: int, cells: Mapping[str, str], act: str, role: str, now: datetime, change_id: int | None = None
) -> dict[str, Any]:
    """The columns of one version in the history. change_id: of the change that made it, where one did."""
    return {
        "service_id": number,
        "change_id": change_id,
        "cells": {name: cell for name, cell in cells.items() if cell},
        "act": act,
        "role": role,
        "at": now,
    }
