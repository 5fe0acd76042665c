"""Import a listings file: all rows, none, or the good ones; never over what a person has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from directory.actions.bad_rows import BadRows
from directory.actions.import_plan import Batch, Known, plan, record_of
from directory.actions.import_report import ImportReport
from directory.actions.listing_file import FileRow, read_rows
from directory.actions.problem import FileRefused
from directory.actions.resolve import PlaceFinder, Resolved, Resolver
from directory.actions.store_rows import RowStore
from directory.actions.version import bump_listings_version, take_turn
from directory.errors import Clash
from directory.models.import_record import ImportRecord
from directory.models.tables import METADATA

Progress = Callable[[str, int], None]
"""Called with the stage ('check' or 'write') and the bytes of the file read since the last call."""


def import_listings(
    session: Session,
    path: Path,
    finder: PlaceFinder,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    bad_path: Path | None = None,
    progress: Progress = lambda _stage, _bytes: None,
) -> ImportReport:
    """Check every row, then write. The file is read twice rather than held.

    Nothing is written when a row is bad, unless skip_bad: then the bad ones go to
    bad_path with their problems, and the others are written. A dry run writes
    neither. The caller commits. Raises OSError when the file cannot be opened,
    Clash when it changes while it is being read.
    """
    if not dry_run:
        take_turn(session)
    resolver = Resolver(finder)
    known = Known(session)
    report = ImportReport()
    with BadRows(bad_path if skip_bad and not dry_run else None) as bad_rows:
        _check(plan(session, _rows(path, "check", report, progress), resolver, known), report, bad_rows)
        report.missing = len(known.names.keys() - known.lines_by_id.keys())
        report.given_ids = [
            (line, known.highest_id + place) for place, (line, _id) in enumerate(report.given_ids, start=1)
        ]
        if report.whole_file_refused or dry_run or (report.problem_count and not skip_bad):
            bad_rows.discard()
            return report
    if report.added or report.changed:
        _write(session, path, resolver, report, progress)
        bump_listings_version(session)
    report.written = True
    return report


def _rows(path: Path, stage: str, report: ImportReport, progress: Progress) -> Iterator[FileRow]:
    """The rows that can be read. A file that breaks off is noted as refused."""
    try:
        yield from read_rows(path, lambda count: progress(stage, count))
    except FileRefused as refused:
        report.refuse([refused.problem])
        report.whole_file_refused = True


def _check(batches: Iterator[Batch], report: ImportReport, bad_rows: BadRows) -> None:
    changed: Counter[str] = Counter()
    for batch in batches:
        report.rows += len(batch.new) + len(batch.changes) + batch.unchanged + len(batch.bad)
        report.added += len(batch.new)
        report.changed += len(batch.changes)
        report.unchanged += batch.unchanged
        report.bad_rows += len(batch.bad)
        report.kept += batch.kept
        report.given_ids += [(line, 0) for line, one in batch.new if one.row.id is None]
        for change in batch.changes:
            changed.update(change.columns)
        for file_row, problems in batch.bad:
            report.refuse(problems)
            bad_rows.add(file_row, problems)
    report.problems.sort(key=lambda problem: problem.line)
    report.changed_fields = dict(changed)


def _write(
    session: Session, path: Path, resolver: Resolver, report: ImportReport, progress: Progress
) -> None:
    """The second reading: the same batches, now written."""
    store = RowStore(session)
    now = datetime.now(UTC)
    given = iter([number for _line, number in report.given_ids])
    second = ImportReport()
    added = changed = 0
    for batch in plan(session, _rows(path, "write", second, progress), resolver, Known(session)):
        try:
            new = [_with_id(one, given) for _line, one in batch.new]
        except StopIteration:
            raise Clash(f"{path} changed while it was being read. Import it again.") from None
        store.add(new)
        store.change([change.resolved for change in batch.changes])
        _record(session, batch, new, now)
        added += len(new)
        changed += len(batch.changes)
    if (added, changed) != (report.added, report.changed) or second.whole_file_refused:
        raise Clash(f"{path} changed while it was being read. Import it again.")


def _with_id(one: Resolved, given: Iterator[int]) -> Resolved:
    return one if one.row.id is not None else replace(one, row=replace(one.row, id=next(given)))


def _record(session: Session, batch: Batch, new: list[Resolved], now: datetime) -> None:
    table = METADATA.tables[ImportRecord.__tablename__]
    if new:
        lines = [{"service_id": one.row.id, "cells": record_of(one.row), "imported_at": now} for one in new]
        session.connection().execute(insert(table), lines)
    if batch.changes:
        session.connection().execute(
            update(table).where(table.c.service_id == bindparam("number")),
            [
                {"number": change.resolved.row.id, "cells": change.cells, "imported_at": now}
                for change in batch.changes
            ],
        )
