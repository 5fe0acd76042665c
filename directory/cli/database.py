"""`flask database upgrade | prepare`: the tables, and the first listings in them."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from directory.actions.export_listings import count_services
from directory.actions.import_listings import import_listings
from directory.actions.reapply_confidentiality import reapply_confidentiality, services_to_hide
from directory.cli.listings import WAIT_S, file_bar, log_import, places, tell
from directory.cli.writing import database
from directory.config import DATA
from directory.errors import NotFound
from directory.migrations import upgrade as migration

SERVICES = DATA / "services.csv"

database_cli = AppGroup("database", help="Make the tables, and fill an empty database.")


@database_cli.command("upgrade")
def upgrade() -> None:
    """Bring the tables up to date. Safe to run again, and by several processes at once."""
    before, after = migration.upgrade(database())
    if before == after:
        click.echo(f"The tables are up to date (version {after}).")
    else:
        click.echo(f"The tables are now at version {after}.")


@database_cli.command("prepare")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=SERVICES,
    show_default="data/services.csv",
    help="The listings an empty database starts with.",
)
def prepare(file: Path) -> None:
    """Bring the tables up to date and, when no service is listed yet, take the listings that ship.

    Where services are listed, places that the rule of today calls confidential are hidden.

    One transaction: stopped half-way, it has changed nothing. A second process waits
    for the first, and then finds the listings there.
    """
    migration.upgrade(database())
    with database().reading() as session:
        is_filled = count_services(session) > 0
        to_hide = services_to_hide(session)
    if to_hide:
        _hide_places()
    if not is_filled:
        _fill(file)


def _hide_places() -> None:
    """Hide them, and say which: a person must mend what else in them tells the place."""
    with database().transaction(wait_s=WAIT_S) as session:
        hidden = reapply_confidentiality(session)
    for service in hidden:
        click.echo(str(service), err=True)


def _fill(file: Path) -> None:
    """Take the listings of a file, unless another process has done so meanwhile."""
    try:
        with database().transaction(wait_s=WAIT_S) as session:
            # Asked again with the write lock held: another process may have been first.
            if count_services(session):
                return
            with file_bar(file) as progress:
                report = import_listings(session, file, places(), progress=progress)
            log_import(session, report)
    except NotFound as missing:
        raise click.ClickException(str(missing)) from None
    tell(report, dry_run=False)
    if not report.written:
        raise click.ClickException(f"{file} has problems, so that nothing was listed.")
