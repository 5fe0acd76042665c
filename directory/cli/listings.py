"""`flask listings import | export | confirm | merge`: listings in and out as a file, and what people say of them.

Exit codes of the import: 0 all rows taken; 1 nothing changed, because of problems;
3 the good rows taken and the bad ones put into a file of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from directory.actions.actor import THE_COMMAND_LINE
from directory.actions.audit import record
from directory.actions.confirm_listing import confirm_listing
from directory.actions.export_listings import count_services, export_listings
from directory.actions.geo_places import GeoPlaces
from directory.actions.import_listings import Progress, import_listings
from directory.actions.import_report import ImportReport
from directory.actions.merge_listings import merge_listings
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.reference.hours import now_utc, today_in_london

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WAIT_S = 600.0
"""A command waits this long behind another writer; nobody's page is waiting for it."""

PROBLEMS_SHOWN_MAX = 1_000

listings_cli = AppGroup("listings", help="Import, export, confirm and merge the listings.")


@listings_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--skip-bad", is_flag=True, help="Take the good rows; put the bad ones into FILE.bad.csv.")
def import_command(file: Path, dry_run: bool, skip_bad: bool) -> None:
    """Import listings from FILE (CSV, UTF-8): new ones, and fields nobody has changed meanwhile."""
    bad_path = (
        file.with_name(file.name + ".bad.csv") if file.suffix != ".csv" else file.with_suffix(".bad.csv")
    )
    try:
        with session_for(dry_run) as session, file_bar(file) as progress:
            report = import_listings(
                session,
                file,
                places(),
                dry_run=dry_run,
                skip_bad=skip_bad,
                bad_path=bad_path,
                progress=progress,
            )
            log_import(session, report)
    except (NotFound, OSError) as problem:
        raise click.ClickException(str(problem)) from None
    tell(report, dry_run=dry_run)
    if report.problem_count and not skip_bad or report.whole_file_refused:
        click.echo("Nothing was changed. Mend these, or take the good rows with --skip-bad.", err=True)
        sys.exit(1)
    if report.bad_rows:
        where = "would go" if dry_run else "went"
        click.echo(
            f"{report.bad_rows:,} bad rows {where} into {bad_path}. Mend them there and import it.", err=True
        )
        sys.exit(3)


def log_import(session: Session, report: ImportReport) -> None:
    """The line of the log, for an import that changed something."""
    if report.written and (report.added or report.changed):
        counts = {"added": str(report.added), "changed": str(report.changed)}
        record(session, THE_COMMAND_LINE, "import listings", "listings", None, now=now_utc(), **counts)


@contextmanager
def session_for(dry_run: bool) -> Iterator[Session]:
    """A session that can write nothing for a dry run, else one that waits for its turn."""
    held: Database = current_app.extensions["database"]
    with held.reading() if dry_run else held.transaction(wait_s=WAIT_S) as session:
        yield session


@contextmanager
def file_bar(file: Path) -> Iterator[Progress]:
    """A bar over the bytes of a file that is read; on the error stream."""
    size = file.stat().st_size
    with tqdm(
        total=size, unit="B", unit_scale=True, unit_divisor=1024, desc="Reading listings", leave=False
    ) as bar:

        def progress(count: int) -> None:
            bar.update(count)

        yield progress


def places() -> GeoPlaces:
    """Where postcodes and towns are, by the app's settings."""
    return GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)


def tell(report: ImportReport, *, dry_run: bool) -> None:
    """The report: counts on the output, fields that were kept and problems on the error stream."""
    for problem in report.problems[:PROBLEMS_SHOWN_MAX]:
        click.echo(str(problem), err=True)
    if report.problem_count > PROBLEMS_SHOWN_MAX:
        more = report.problem_count - PROBLEMS_SHOWN_MAX
        click.echo(f"… and {more:,} more problems.", err=True)
    for kept in report.kept:
        click.echo(str(kept), err=True)
    for line, number in report.given_ids:
        click.echo(f"line {line}: {'would be' if dry_run else 'is'} service {number}")
    would = "" if report.written else "would be "
    fields = ", ".join(f"{name} ({count:,})" for name, count in sorted(report.changed_fields.items()))
    click.echo(
        f"{report.rows:,} rows: {report.added:,} {would}added, {report.changed:,} {would}changed"
        f"{f' in {fields}' if fields else ''}, {report.unchanged:,} unchanged, {report.bad_rows:,} bad."
    )
    if report.kept:
        click.echo(f"{len(report.kept):,} fields kept as people have changed them.")
    if report.missing:
        click.echo(f"{report.missing:,} listings are not in the file. They were left alone.")


@listings_cli.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def export_command(file: Path | None) -> None:
    """Write all listings to FILE, or to the output, with the import's columns; no confidential place."""
    held: Database = current_app.extensions["database"]
    with held.reading() as session:
        if file is None:
            with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as output:
                _export(session, output)
            return
        part = file.with_name(f".{file.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as output:
                written = _export(session, output)
            os.replace(part, file)
        except OSError as problem:
            raise click.ClickException(f"{file} cannot be written: {problem.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
    click.echo(f"{written:,} listings written to {file}.")


def _export(session: Session, output: TextIO) -> int:
    with tqdm(total=count_services(session), unit=" listings", desc="Writing listings", leave=False) as bar:

        def progress(rows: int) -> None:
            bar.update(rows)

        return export_listings(session, output, progress=progress)


@listings_cli.command("confirm")
@click.argument("service_id", type=click.IntRange(min=1), metavar="ID")
@click.option(
    "--by", "role", required=True, help="The role of the person who confirmed it, such as ‘service manager’."
)
@click.option("--on", "day", required=True, help="The day on which they did, like 2026-11-21.")
def confirm_command(service_id: int, role: str, day: str) -> None:
    """Record that a person at service ID, or a moderator who rang it, has said that its listing is right."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter(
            f"‘{day}’ is not a day. Write it like 2026-11-21.", param_hint="--on"
        ) from None
    held: Database = current_app.extensions["database"]
    try:
        with held.transaction(wait_s=WAIT_S) as session:
            today = today_in_london()
            name = confirm_listing(session, service_id, role=role, on=on, today=today)
    except RuleBroken as broken:
        raise click.BadParameter(broken.message, param_hint=f"--{broken.field}") from None
    except NotFound as missing:
        raise click.ClickException(str(missing)) from None
    click.echo(f"{service_id} ({name}) confirmed by {role} on {on}.")


@listings_cli.command("merge")
@click.argument("old_id", type=click.IntRange(min=1), metavar="OLD")
@click.argument("new_id", type=click.IntRange(min=1), metavar="NEW")
@click.option("--because", required=True, help="Why, in a sentence; people read it on the page of NEW.")
def merge_command(old_id: int, new_id: int, because: str) -> None:
    """Make listing OLD part of listing NEW: the address of OLD leads on to NEW for good."""
    held: Database = current_app.extensions["database"]
    today = today_in_london()
    try:
        with held.transaction(wait_s=WAIT_S) as session:
            name = merge_listings(
                session, old_id, new_id, because=because, by=THE_COMMAND_LINE, today=today, now=now_utc()
            )
    except RuleBroken as broken:
        hint = {"old": "OLD", "new": "NEW"}.get(broken.field, "--because")
        raise click.BadParameter(broken.message, param_hint=hint) from None
    except NotFound as missing:
        raise click.ClickException(str(missing)) from None
    click.echo(f"{old_id} is now part of {new_id} ({name}).")
