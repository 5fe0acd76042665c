"""`flask postcodes …`: the packed store of postcodes."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.geo.files import STORE_NAME
from directory.geo.pack import current_stamp, pack


@click.group("postcodes", help="The postcodes that places are found by.")
def postcodes_cli() -> None:
    """The command group."""


@postcodes_cli.command("pack")
@click.option("--again", is_flag=True, help="Pack them even if a current store is there.")
@with_appcontext
def pack_command(again: bool) -> None:
    """Pack the postcodes into one compact file; does nothing when that is already done.

    Safe to interrupt: the file is put in place in one step, at the end.
    """
    store_dir: Path = current_app.config["SETTINGS"].instance_dir / "postcodes"
    if pack(store_dir, again=again):
        size_mb = (store_dir / STORE_NAME).stat().st_size / 1e6
        click.echo(f"Postcodes packed: {size_mb:.1f} MB ({current_stamp()})")
    else:
        click.echo("Postcodes: already packed")
