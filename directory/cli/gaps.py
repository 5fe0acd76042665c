"""`flask gaps list | set`: the lines of a register, and what is decided about each. `flask matrix funding`.

Commissioners do the same on pages, by the same actions.
"""

from __future__ import annotations

import re
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from directory.actions.record_funding import record_funding
from directory.actions.set_gap_status import ToDecide, set_gap_status
from directory.cli.area_argument import area_asked, told
from directory.cli.writing import DAY, log, writing
from directory.matrix.areas import MatrixArea
from directory.matrix.findings import Finding
from directory.queries.current_gaps import usual_limits
from directory.queries.gap_register import OPEN, decisions, followed
from directory.reference.hours import today_in_london
from directory.reference.support_types import support_types
from directory.reference.terms import terms

_AREA_OF_ID = re.compile(r"(.+?)-G[1-9]\.\d{1,2}-.+")
ID_WIDTH = 46

gaps_cli = AppGroup("gaps", help="The register of gaps of an area, and what is decided about each.")


@gaps_cli.command("list")
@click.argument("area")
@click.option(
    "--list",
    "which",
    type=click.Choice(["gaps", "questions", "both"]),
    default="gaps",
    show_default=True,
    help="Gaps, what is to be found out, or both.",
)
def list_command(area: str, which: str) -> None:
    """The lines of the register of AREA, a code or a whole name, with the id of each."""
    found, findings, statuses = _register(area)
    wanted = [one for one in findings if which == "both" or one.is_gap is (which == "gaps")]
    for one in wanted:
        gap_id = one.id_in(found.code)
        label = f"{terms('gap_rule')[one.rule.value].label}: {support_types()[one.support_type].label}"
        click.echo(f"{gap_id:<{ID_WIDTH}}  {statuses.get(gap_id, OPEN):<9}  {label}")
    held = {one.id_in(found.code) for one in findings}
    for gap_id in sorted(set(statuses) - held):
        click.echo(f"{gap_id:<{ID_WIDTH}}  {statuses[gap_id]:<9}  no longer found")
    click.echo(f"{len(wanted)} lines in the register of {told(found)}.")


@gaps_cli.command("set")
@click.argument("gap_id", metavar="GAP-ID")
@click.option("--status", type=click.Choice(list(terms("gap_status"))), required=True, help="What it is now.")
@click.option("--because", default="", help="Why: what is planned, what closed it, why it is not so.")
@click.option("--by", "role", required=True, help="The role of the person, such as ‘commissioning manager’.")
@click.option("--on", "day", type=DAY, required=True, help="The day on which they decided, like 2026-11-21.")
def set_command(gap_id: str, status: str, because: str, role: str, day: date) -> None:
    """Record what is decided about GAP-ID, as `flask gaps list` gives it. No names, and nothing about a case."""
    match = _AREA_OF_ID.fullmatch(gap_id.strip())
    if match is None:
        raise click.BadParameter(
            f"‘{gap_id[:80]}’ is no id of a gap. Copy one from `flask gaps list AREA`; it is like E06000031-G2.4-none.",
            param_hint="GAP-ID",
        )
    found, findings, statuses = _register(match[1])
    held = {one.id_in(found.code) for one in findings}
    asked = ToDecide(gap_id.strip(), found.code, status, because, role, day)
    with writing() as (session, today):
        before = set_gap_status(session, asked, is_found=asked.gap_id in held, today=today)
        log(
            session,
            "decide gap",
            "gap",
            None,
            area=found.code,
            gap=asked.gap_id,
            status=status,
            before=before,
        )
    click.echo(f"{asked.gap_id}: {statuses.get(asked.gap_id, before)} before, {status} from {day}.")


@click.command("funding")
@with_appcontext
@click.argument("service_id", type=click.IntRange(min=1), metavar="ID")
@click.option("--ends", "day", type=DAY, required=True, help="The day on which its money ends.")
@click.option("--words", default="", help="What is known of it, in the commissioner’s words.")
@click.option("--by", "role", required=True, help="The role of the person who told it.")
def funding_command(service_id: int, day: date, words: str, role: str) -> None:
    """Record until when the money of service ID lasts. Only commissioners see it."""
    with writing() as (session, today):
        name = record_funding(session, service_id, ends_on=day, words=words, role=role, today=today)
        log(session, "tell funding", "service", service_id, ends=day.isoformat())
    click.echo(f"The money of {service_id} ({name}) ends on {day}.")


def _register(area: str) -> tuple[MatrixArea, tuple[Finding, ...], dict[str, str]]:
    """An area, its findings by the usual limits, and the newest status of each id about which somebody decided."""
    with current_app.extensions["database"].reading() as session:
        world = current_app.extensions["matrix"].get(session, today_in_london())
        found = area_asked(world.areas, area)
        registers = current_app.extensions["gaps"].get(session, world, usual_limits(), with_funding=True)
        history = decisions(session, found.code)
    findings = registers.of(found)
    newest = followed(history, findings, found.code)
    followed_ids = {decision.gap_id for every in newest.values() for decision in every}
    gone = {gap_id: every for gap_id, every in history.items() if gap_id not in followed_ids}
    statuses = {gap_id: every[-1].status for gap_id, every in {**newest, **gone}.items()}
    return found, findings, statuses
