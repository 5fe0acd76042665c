"""Put a change in place: the whole listing is checked, written, and remembered as it was and as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.cells import wrapped
from directory.actions.changes.carry_holds import carry_holds, owners_of
from directory.actions.changes.refused import ChangeRefused
from directory.actions.listing_history import AS_BEFORE, differs, last_cells, version_line
from directory.actions.listing_row import ListingRow, read_row, write_row
from directory.actions.problem import Problem
from directory.actions.resolve import PlaceFinder, Resolved, Resolver
from directory.actions.store_rows import RowStore
from directory.actions.stored_rows import stored_rows
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import NotFound
from directory.models.listing_past import ListingPast
from directory.models.service import Service
from directory.queries.held_channels import LISTED

NO_LINE = 0
"""A change is no file: its problems stand in no line."""


def stored_cells(session: Session, service_id: int) -> dict[str, str]:
    """Every column of a listing as text, confidential places included. Raises NotFound."""
    found = stored_rows(session, [service_id])
    if service_id not in found:
        raise NotFound(f"No service has the number {service_id}.")
    return write_row(found[service_id])


def as_written(cells: Mapping[str, str]) -> dict[str, str]:
    """Stored cells as a file would hold them: a text that a spreadsheet would run is stored without its apostrophe."""
    return {name: wrapped(cell) for name, cell in cells.items()}


def checked(cells: Mapping[str, str], places: PlaceFinder) -> Resolved:
    """A listing's cells, and what follows from them. Raises ChangeRefused with everything that is wrong."""
    row = read_row(cells, NO_LINE)
    if not isinstance(row, ListingRow):
        raise ChangeRefused(row)
    found = Resolver(places).resolve(row, NO_LINE)
    if not isinstance(found, Resolved):
        raise ChangeRefused(found)
    return found


def apply_cells(
    session: Session,
    service_id: int,
    cells: Mapping[str, str],
    places: PlaceFinder,
    *,
    act: str,
    role: str,
    now: datetime,
    change_id: int | None = None,
) -> None:
    """Write these columns of a listing; the others stay. The caller commits.

    act, role: for the history ('waiting list changed', 'service manager').
    Raises NotFound, or ChangeRefused, and then nothing is written.
    """
    take_turn(session)
    before = stored_cells(session, service_id)
    after = checked({**as_written(before), **cells, "id": str(service_id)}, places)
    last = last_cells(session, [service_id]).get(service_id)
    if last is None or differs(last, before):
        # Never changed here before; or not by what remembers it.
        session.add(ListingPast(**version_line(service_id, before, AS_BEFORE, "", now)))
    owners = owners_of(session, [service_id])
    RowStore(session).change([after])
    carry_holds(session, owners)
    session.add(ListingPast(**version_line(service_id, write_row(after.row), act, role, now, change_id)))
    bump_listings_version(session)


def add_listing(
    session: Session,
    cells: Mapping[str, str],
    places: PlaceFinder,
    *,
    role: str,
    now: datetime,
    change_id: int | None,
) -> int:
    """Write a new listing under the next free number, which is returned. The caller commits. Raises ChangeRefused."""
    take_turn(session)
    number = (session.scalar(select(func.max(Service.id))) or 0) + 1
    found = checked({**cells, "id": str(number)}, places)
    RowStore(session).add([found])
    session.flush()
    session.add(ListingPast(**version_line(number, write_row(found.row), LISTED, role, now, change_id)))
    bump_listings_version(session)
    return number


def problem_of(column: str, value: str, what: str, remedy: str) -> Problem:
    """A problem of a change, which stands in no file."""
    return Problem(NO_LINE, column, value, what, remedy)
