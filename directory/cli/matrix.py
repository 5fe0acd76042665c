"""`flask matrix state | withdraw | statements | show | check`: what is said of the matrix, and what it shows.

Until accounts exist, statements are recorded here and nowhere else.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from directory.actions.actor import THE_COMMAND_LINE
from directory.actions.state_cell import Stated, ToState
from directory.actions.state_cells import state_by_command, take_back
from directory.cli.area_argument import area_asked, told
from directory.cli.matrix_told import cells_told, history_told, statement_told
from directory.cli.named_areas import area_cli
from directory.cli.writing import DAY, database, writing
from directory.config import DATA
from directory.matrix.types import Mode, State
from directory.queries.current_matrix import MatrixWorld
from directory.queries.matrix_tables import table_problems, unmatched_statements
from directory.queries.statements import areas_on
from directory.reference.hours import now_utc, today_in_london
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.reference.wording import check_wording

EXISTS = {
    "available": State.AVAILABLE,
    "partly": State.PARTLY,
    "none": State.NOT_AVAILABLE,
    "not-known": State.NOT_KNOWN,
}

matrix_cli = AppGroup("matrix", help="What is said of the cells of the matrix, and what they show.")
matrix_cli.add_command(area_cli)


@matrix_cli.command("state")
@click.argument("area")
@click.argument("support_type", metavar="TYPE")
@click.option(
    "--mode",
    type=click.Choice([*(mode.value for mode in Mode), "both"]),
    default="both",
    show_default=True,
    help="Which half of the cell.",
)
@click.option(
    "--exists", type=click.Choice(list(EXISTS)), required=True, help="Whether there is such support."
)
@click.option("--for", "body", type=click.Choice(list(terms("body"))), required=True, help="Who says it.")
@click.option("--by", "role", required=True, help="The role of the person, such as ‘commissioning manager’.")
@click.option("--on", "day", type=DAY, required=True, help="The day on which they said it, like 2026-11-21.")
@click.option("--what", default="", help="What there is, in their words.")
@click.option("--sector", type=click.Choice(list(terms("sector"))), help="Who provides it.")
@click.option("--effective", type=click.Choice(list(terms("effective"))), help="Whether it works there.")
@click.option("--evidence", default="", help="How they know: a document, a count, a review, and its date.")
def state_command(
    area: str,
    support_type: str,
    mode: str,
    exists: str,
    body: str,
    role: str,
    day: date,
    what: str,
    sector: str | None,
    effective: str | None,
    evidence: str,
) -> None:
    """Record what somebody who knows says of support TYPE (such as G2.7) in AREA, a code or a whole name.

    No names, and nothing about a person or a case.
    """
    with writing({"area", "type"}) as (session, today):
        found = area_asked(areas_on(session, today), area)
        said = ToState(
            area_code=found.code,
            support_type=support_type.strip().upper(),
            exists=EXISTS[exists],
            body=body,
            role=role,
            stated_on=day,
            mode=mode,
            what=what,
            sector=sector or "",
            effective=effective or "",
            evidence=evidence,
        )
        stated = state_by_command(session, said, by=THE_COMMAND_LINE, now=now_utc(), today=today)
    _tell(stated)


def _tell(stated: Stated) -> None:
    own = stated.statement
    click.echo(f"Recorded for {told(stated.area)}: {statement_told(own)}")
    if not stated.is_in_force:
        click.echo("It is not in force: the same role has said something on a later day.")
    for other in stated.in_place_of:
        click.echo(f"It takes the place of statement {other.id}.")
    for other in stated.differs_from:
        click.echo(f"It differs from this one, so that the cell is disputed: {statement_told(other)}")
    filled_by = support_types()[own.support_type].filled_by
    speaks_as = "national" if own.body == "national" else "partnership"
    if own.exists is State.AVAILABLE and speaks_as not in filled_by:
        who = " or ".join(terms("filled_by")[code].label.lower() for code in sorted(filled_by))
        click.echo(f"{own.support_type} is filled by {who}: alone, this makes it partly available.")
    for finding in (*check_wording(own.what), *check_wording(own.evidence)):
        click.echo(finding.message, err=True)


@matrix_cli.command("withdraw")
@click.argument("statement_id", type=click.IntRange(min=1), metavar="ID")
@click.option("--because", required=True, help="Why it is taken back.")
@click.option("--by", "role", required=True, help="The role of the person who takes it back.")
@click.option("--on", "day", type=DAY, required=True, help="The first day on which it holds no more.")
def withdraw_command(statement_id: int, because: str, role: str, day: date) -> None:
    """Take statement ID back. It stays in the history; what was said before it does not come back."""
    with writing({"id"}) as (session, today):
        take_back(
            session, statement_id, because=because, role=role, on=day, by=THE_COMMAND_LINE, now=now_utc(),
            today=today,
        )  # fmt: skip
    click.echo(f"Statement {statement_id} holds no more from {day}.")


@matrix_cli.command("statements")
@click.argument("area")
def statements_command(area: str) -> None:
    """All that was ever said for AREA, and what was said for wider areas and holds there."""
    world = _world()
    for line in history_told(world, area_asked(world.areas, area)):
        click.echo(line)


@matrix_cli.command("show")
@click.argument("area")
def show_command(area: str) -> None:
    """The states of AREA today: of each support type, in person and by phone or online."""
    world = _world()
    for line in cells_told(world, area_asked(world.areas, area)):
        click.echo(line)


@matrix_cli.command("check")
@click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DATA,
    show_default="data/",
    help="The folder with the tables.",
)
def check_command(folder: Path) -> None:
    """Read the tables behind the matrix, and say what is wrong in each, by line; and in what was recorded."""
    problems = table_problems(folder)
    with database().reading() as session:
        problems += unmatched_statements(session)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        click.echo("Mend these, and check again: of each table only the first problem is told.", err=True)
        sys.exit(1)
    click.echo("The tables of the matrix can be read, and every statement and named area fits them.")


def _world() -> MatrixWorld:
    with database().reading() as session:
        world: MatrixWorld = current_app.extensions["matrix"].get(session, today_in_london())
    return world
