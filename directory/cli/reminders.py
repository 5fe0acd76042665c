"""`flask reminders send`: ask organisations whose time has come whether their listings are still right."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from directory.config import Settings
from directory.db import Database
from directory.jobs.reminders import send_due_reminders
from directory.jobs.said import tell_what_was_left_over
from directory.queries.upkeep import organisations_with_owners, upkeep_of
from directory.reference.hours import LONDON, now_utc
from directory.reference.upkeep_rules import step_due

reminders_cli = AppGroup("reminders", help="Ask organisations whether their listings are still right.")


@reminders_cli.command("send")
@click.option("--dry-run", is_flag=True, help="Say who would be written to, and write nothing.")
def send_command(dry_run: bool) -> None:
    """Write the mails that are due into the outbox. Can be stopped and run again: nobody is written to twice."""
    settings: Settings = current_app.config["SETTINGS"]
    database: Database = current_app.extensions["database"]
    if not settings.site_url:
        raise click.ClickException("Set SITE_URL to the address of this site: the link in the mail needs it.")
    if dry_run:
        _tell(database, settings)
        return
    with database.reading() as session:
        total = len(organisations_with_owners(session))
    with tqdm(total=total, unit=" organisations", desc="Writing reminders", leave=False) as bar:

        def one_more(_organisation: int, _step: int | None) -> None:
            bar.update()

        sent = send_due_reminders(database, settings, now_utc(), each=one_more)
    tell_what_was_left_over(database, now_utc())
    click.echo(f"{sent:,} of {total:,} organisations were written to.")


def _tell(database: Database, settings: Settings) -> None:
    today, due = now_utc().astimezone(LONDON).date(), 0
    with database.reading() as session:
        for number in tqdm(organisations_with_owners(session), unit=" organisations", leave=False):
            upkeep = upkeep_of(session, number)
            step = step_due(upkeep.listings, upkeep.asked, today, settings.upkeep) if upkeep else None
            if upkeep is not None and step is not None:
                due += 1
                click.echo(
                    f"organisation {number} ({upkeep.organisation}): {step} days, {len(upkeep.listings)} listings"
                )
    click.echo(f"{due:,} organisations would be written to.")
