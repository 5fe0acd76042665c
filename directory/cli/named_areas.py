"""`flask matrix area add | end | list`: sets of authorities that plan together."""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from directory.actions.named_area import add_named_area, end_named_area
from directory.cli.writing import DAY, log, writing
from directory.db import Database
from directory.geo.areas import areas
from directory.matrix.areas import NamedArea
from directory.queries.statements import every_named_area
from directory.reference.hours import today_in_london

area_cli = AppGroup("area", help="Named areas: sets of authorities that plan together.")


@area_cli.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--member", "members", multiple=True, required=True, help="An authority’s code; repeat it.")
@click.option("--from", "starts_on", type=DAY, help="Its first day, like 2026-04-01; open without.")
@click.option("--to", "ends_on", type=DAY, help="Its last day; open without.")
@click.option("--source", required=True, help="Where it can be read that these authorities are one.")
def add_command(
    code: str,
    name: str,
    members: tuple[str, ...],
    starts_on: date | None,
    ends_on: date | None,
    source: str,
) -> None:
    """Record the area NAME under CODE, short words with hyphens such as north-example."""
    area = NamedArea(
        code,
        name,
        tuple(member.strip().upper() for member in members),
        starts_on,
        ends_on,
        source,
    )
    with writing({"code", "name"}) as (session, _today):
        stored = add_named_area(session, area)
        log(session, "add area", "area", None, area=stored.code, members=";".join(stored.members))
    click.echo(_told(stored))


@area_cli.command("end")
@click.argument("code")
@click.option("--on", "day", type=DAY, required=True, help="Its last day, which may lie ahead.")
def end_command(code: str, day: date) -> None:
    """End the area CODE. What was said for it holds no more after that day."""
    with writing({"code"}) as (session, today):
        name = end_named_area(session, code, on=day, today=today)
        log(session, "end area", "area", None, area=code, on=day.isoformat())
    click.echo(f"{name} ({code}) ends on {day}.")


@area_cli.command("list")
def list_command() -> None:
    """Every named area, those that have ended and are to come among them."""
    held: Database = current_app.extensions["database"]
    with held.reading() as session:
        found = every_named_area(session)
    today = today_in_london()
    for area in found:
        click.echo(_told(area) + ("" if area.holds_on(today) else " Not an area today."))


def _told(area: NamedArea) -> str:
    """'north-example: North Example, from 2026-04-01: Cambridge, Peterborough.'"""
    days = "".join(f", {word} {day}" for word, day in (("from", area.starts_on), ("to", area.ends_on)) if day)
    names = ", ".join(areas()[code].name if code in areas() else code for code in area.members)
    return f"{area.code}: {area.name}{days}: {names}."
