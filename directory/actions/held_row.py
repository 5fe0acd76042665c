"""A listing as it may leave the database while some of it is held."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from directory.actions.lines import Evidence, Place
from directory.actions.listing_row import ListingRow
from directory.queries.holds import HeldValues
from directory.reference.routes import Route


def without_held(row: ListingRow, held: HeldValues) -> ListingRow:
    """The row without any held route, website or place, and without them in its sentences."""
    if not held:
        return row
    return replace(row, **{each.name: _left(getattr(row, each.name), held) for each in fields(row)})


def _left(value: Any, held: HeldValues) -> Any:
    if isinstance(value, str):
        return "" if held.hides_page(value) else held.cleaned(value)
    if isinstance(value, tuple):
        return tuple(_left(one, held) for one in value if not _is_held(one, held))
    if isinstance(value, Route | Place):
        return replace(value, note=held.cleaned(value.note))
    if isinstance(value, Evidence):
        return replace(value, evidence=held.cleaned(value.evidence))
    return value


def _is_held(one: Any, held: HeldValues) -> bool:
    match one:
        case str():
            return held.hides_page(one)
        case Route():
            return held.hides_way(one.value)
        case Place():
            return held.hides_place(one.postcode, one.town)
        case _:
            return False
