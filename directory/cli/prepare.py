"""`flask prepare`: everything the site needs before it can serve. Safe to stop and to run again."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from directory.cli.database import database_cli
from directory.cli.postcodes import postcodes_cli


@click.command("prepare")
@with_appcontext
@click.pass_context
def prepare(context: click.Context) -> None:
    """Pack the postcodes, bring the database up to date, and list the services, where not yet done."""
    context.invoke(postcodes_cli.commands["pack"])
    context.invoke(database_cli.commands["prepare"])
