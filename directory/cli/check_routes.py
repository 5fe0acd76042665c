"""`flask listings check-routes`: numbers and websites that look wrong. Nobody outside is asked, nothing is stored."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.db import Database
from directory.queries.routes import held_routes
from directory.reference.route_checks import check_routes


@click.command("check-routes")
@with_appcontext
def check_routes_command() -> None:
    """Report telephone numbers and websites that cannot be right, or should be looked at, by listing."""
    held: Database = current_app.extensions["database"]
    with held.reading() as session:
        routes = held_routes(session)
    found = check_routes(routes)
    for one in found:
        other = f" ({one.other})" if one.other else ""
        click.echo(f"{one.held.service_id} {one.held.service}: {one.held.value}: {one.fault}{other}")
    listings = len({one.held.service_id for one in found})
    click.echo(f"{len(routes):,} numbers and websites: {len(found):,} to look at, in {listings:,} listings.")
