"""All listings as a file with the columns of the import, in the order of their ids."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.cells import wrapped
from directory.actions.held_row import without_held
from directory.actions.listing_row import COLUMN_NAMES, ListingRow, write_row
from directory.actions.stored_rows import BATCH, stored_rows, without_confidential_places
from directory.models.service import Service
from directory.queries.holds import NOTHING_HELD, HeldValues, holds_of_services, is_held


def count_services(session: Session) -> int:
    """Services stored, listed or not."""
    return session.scalar(select(func.count()).select_from(Service)) or 0


def export_listings(
    session: Session, file: TextIO, *, progress: Callable[[int], None] = lambda _rows: None
) -> int:
    """Write every service, those that need checking too, but no confidential place. Returns the rows written.

    What is held leaves the database in no file either: a held listing has no row, a held number no line. Importing
    the file takes nothing of it away.

    The file must be open as UTF-8 with newline=''. A cell that a spreadsheet would run
    as a formula gets an apostrophe, which the import takes off again: importing an
    export changes nothing.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMN_NAMES)
    written = 0
    for rows in _batches(session):
        writer.writerows(rows)
        written += len(rows)
        progress(len(rows))
    return written


def _batches(session: Session) -> Iterator[list[list[str]]]:
    last = 0
    while True:
        ids = session.scalars(
            select(Service.id).where(Service.id > last, ~is_held()).order_by(Service.id).limit(BATCH)
        ).all()
        if not ids:
            return
        last = ids[-1]
        rows = stored_rows(session, ids)
        held = holds_of_services(session, ids)
        yield [
            [
                wrapped(cell)
                for cell in write_row(_told(rows[number], held.get(number, NOTHING_HELD))).values()
            ]
            for number in ids
        ]


def _told(row: ListingRow, held: HeldValues) -> ListingRow:
    return without_held(without_confidential_places(row), held)
