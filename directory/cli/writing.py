"""What the commands that write to the matrix share: their turn, their day, and how a broken rule is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click
from flask import current_app

from directory.actions.actor import THE_COMMAND_LINE
from directory.actions.audit import record
from directory.cli.listings import WAIT_S
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.reference.hours import now_utc, today_in_london

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class DayType(click.ParamType[date]):
    """A whole date, like 2026-11-21."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails in words that say how to write it."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"‘{value}’ is not a day. Write it like 2026-11-21.", param, ctx)


DAY = DayType()


def database() -> Database:
    """The site's."""
    held: Database = current_app.extensions["database"]
    return held


@contextmanager
def writing(arguments: Collection[str] = ()) -> Iterator[tuple[Session, date]]:
    """A session that waits for its turn, and the date in London.

    arguments: the fields that the command takes as arguments; the others are options of the same name.
    """
    try:
        with database().transaction(wait_s=WAIT_S) as session:
            yield session, today_in_london()
    except RuleBroken as broken:
        hint = broken.field.upper() if broken.field in arguments else f"--{broken.field}"
        raise click.BadParameter(broken.message, param_hint=hint) from None
    except NotFound as missing:
        raise click.ClickException(str(missing)) from None


def log(session: Session, act: str, about: str, about_id: int | None, **details: str) -> None:
    """The act's line in the log, as the pages' acts leave theirs. details: nothing about a person."""
    record(session, THE_COMMAND_LINE, act, about, about_id, now=now_utc(), **details)
