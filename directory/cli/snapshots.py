"""`flask snapshots take | list`, and `flask matrix snapshot`: the matrix of today kept for good, and what was kept."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from directory.actions.take_snapshot import iso_week, take_snapshot
from directory.cli.matrix import matrix_cli
from directory.db import Database
from directory.queries.current_matrix import CurrentMatrix
from directory.queries.snapshots import list_snapshots
from directory.reference.hours import today_in_london

WAIT_S = 600.0
"""A command waits this long behind another writer; nobody's page is waiting for it."""

snapshots_cli = AppGroup("snapshots", help="Keep the matrix of today; list what was kept.")


@snapshots_cli.command("take")
@click.option("--weekly", is_flag=True, help="Let it stand for this week, if no snapshot does yet.")
def take(weekly: bool) -> None:
    """Take a snapshot of today's matrix. The same content is never stored twice."""
    database: Database = current_app.extensions["database"]
    matrix: CurrentMatrix = current_app.extensions["matrix"]
    today = today_in_london()
    with database.transaction(wait_s=WAIT_S) as session:
        world = matrix.get(session, today)
        taken = take_snapshot(session, world, reason="weekly" if weekly else "command")
    week = f" It stands for week {iso_week(today)}, unless another already did." if weekly else ""
    if taken.is_new:
        click.echo(f"Snapshot {taken.number} was taken: {_services(len(world.services))}.{week}")
    else:
        click.echo(f"Nothing has changed since snapshot {taken.number}, so none was taken.{week}")


matrix_cli.add_command(take, "snapshot")


@snapshots_cli.command("list")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many.")
def show(most: int) -> None:
    """List the snapshots, the newest first."""
    database: Database = current_app.extensions["database"]
    with database.reading() as session:
        found = list_snapshots(session, most=most)
    for one in found:
        week = one.iso_week or ""
        click.echo(
            f"{one.id}\t{one.taken_on}\t{week}\t{one.reason}\t{_services(one.services)}\t{one.fingerprint[:16]}"
        )
    if not found:
        click.echo("There is no snapshot yet.")


def _services(count: int) -> str:
    return f"{count:,} service" if count == 1 else f"{count:,} services"
