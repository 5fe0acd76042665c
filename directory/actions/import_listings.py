"""Import a listings file: all rows, none, or the good ones; never over what a person has changed."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from directory.actions.bad_rows import BadRows
from directory.actions.changes.carry_holds import carry_holds, owners_of
from directory.actions.import_plan import Batch, Change, Known, plan, record_of
from directory.actions.import_report import ImportReport
from directory.actions.listing_file import FileRow, read_rows
from directory.actions.listing_history import Became, remember
from directory.actions.problem import FileRefused
from directory.actions.resolve import PlaceFinder, Resolved, Resolver
from directory.actions.store_rows import RowStore
from directory.actions.stored_rows import BATCH
from directory.actions.version import bump_listings_version, take_turn
from directory.models.import_record import ImportRecord
from directory.models.tables import METADATA
from directory.reference.hours import now_utc

FILE_NAME_LENGTH_MAX = 100

Progress = Callable[[int], None]
"""Called with the bytes of the file read since the last call."""


def import_listings(
    session: Session,
    path: Path,
    finder: PlaceFinder,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    bad_path: Path | None = None,
    progress: Progress = lambda _bytes: None,
) -> ImportReport:
    """Check the rows and write them as they come; the file is never held as a whole.

    All is taken back when a row is bad, unless skip_bad: then the bad ones go to
    bad_path with their problems, and the others stay. A dry run writes nothing.
    The caller commits. Raises OSError when the file cannot be opened.
    """
    report = ImportReport()
    if dry_run:
        _take(None, _planned(session, path, finder, report, progress), report, BadRows(None))
        return report
    take_turn(session)
    with BadRows(bad_path if skip_bad else None) as bad_rows:
        # To be undone without undoing what the caller has done in the same transaction.
        undo = session.begin_nested()
        writer = _Writer(session, path.name)
        with _few_collections():
            _take(writer, _planned(session, path, finder, report, progress), report, bad_rows)
        if report.whole_file_refused or (report.problem_count and not skip_bad):
            undo.rollback()
            bad_rows.discard()
            return report
        undo.commit()
    if report.added or report.changed:
        bump_listings_version(session)
    report.written = True
    return report


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for circular garbage seldom: rows make none, and looking took a sixth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


Planned = tuple[Known, Iterator[Batch]]


def _planned(
    session: Session, path: Path, finder: PlaceFinder, report: ImportReport, progress: Progress
) -> Planned:
    known = Known(session)
    return known, plan(session, _rows(path, report, progress), Resolver(finder), known)


def _rows(path: Path, report: ImportReport, progress: Progress) -> Iterator[FileRow]:
    """The rows that can be read. A file that breaks off is noted as refused."""
    try:
        yield from read_rows(path, progress)
    except FileRefused as refused:
        report.refuse([refused.problem])
        report.whole_file_refused = True


def _take(writer: _Writer | None, planned: Planned, report: ImportReport, bad_rows: BadRows) -> None:
    """Go through the batches: count, write, put bad rows aside."""
    known, batches = planned
    changed: Counter[str] = Counter()
    without_id: list[tuple[int, Resolved]] = []
    for batch in batches:
        _count(batch, report, changed)
        without_id += [(line, one) for line, one in batch.new if one.row.id is None]
        if writer is not None:
            writer.write([one for _line, one in batch.new if one.row.id is not None], batch.changes)
        for file_row, problems in batch.bad:
            report.refuse(problems)
            bad_rows.add(file_row, problems)
    # Only now is it known which ids are free.
    numbered = [
        (line, replace(one, row=replace(one.row, id=known.highest_id + place)))
        for place, (line, one) in enumerate(without_id, start=1)
    ]
    if writer is not None:
        for start in range(0, len(numbered), BATCH):
            writer.write([one for _line, one in numbered[start : start + BATCH]], [])
    report.given_ids = [(line, one.row.id or 0) for line, one in numbered]
    report.missing = len(known.names.keys() - known.lines_by_id.keys())
    report.problems.sort(key=lambda problem: problem.line)
    report.changed_fields = dict(changed)


def _count(batch: Batch, report: ImportReport, changed: Counter[str]) -> None:
    report.rows += len(batch.new) + len(batch.changes) + batch.unchanged + len(batch.bad)
    report.added += len(batch.new)
    report.changed += len(batch.changes)
    report.unchanged += batch.unchanged
    report.bad_rows += len(batch.bad)
    report.kept += batch.kept
    for change in batch.changes:
        changed.update(change.columns)


class _Writer:
    """Writes batches and remembers, cell by cell, what was written."""

    def __init__(self, session: Session, file_name: str) -> None:
        self._session = session
        self._whose = f"import of {file_name[:FILE_NAME_LENGTH_MAX]}"
        self._store = RowStore(session)
        self._now = now_utc()
        self._records = METADATA.tables[ImportRecord.__tablename__]

    def write(self, new: Sequence[Resolved], changes: Sequence[Change]) -> None:
        """New services with their ids, and services that change."""
        if new:
            self._store.add(new)
            lines = [
                {"service_id": one.row.id, "cells": record_of(one.row), "imported_at": self._now}
                for one in new
            ]
            self._session.connection().execute(insert(self._records), lines)
        if changes:
            moving = [change.resolved.row.id or 0 for change in changes if "organisation" in change.columns]
            owners = owners_of(self._session, moving)
            self._store.change([change.resolved for change in changes])
            carry_holds(self._session, owners)
            became = [Became(change.before, change.after) for change in changes]
            remember(self._session, became, act="imported from a file", role=self._whose, now=self._now)
            self._session.connection().execute(
                update(self._records).where(self._records.c.service_id == bindparam("number")),
                [
                    {"number": change.resolved.row.id, "cells": change.cells, "imported_at": self._now}
                    for change in changes
                ],
            )
