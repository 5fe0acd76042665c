"""What is done by command stands in the log, as what is done on a page does: who, what, about what."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.merging import undo_merge
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.models.audit import AuditEntry
from directory.models.moved_listing import MovedListing
from directory.reference.hours import now_utc
from tests.builders import make_listing, make_row, write_file

WHY = "Both are one service now."
WHO = ("--by", "partnership manager", "--on", "2026-11-21")


@pytest.fixture
def flask(empty_settings: Settings) -> FlaskCliRunner:
    app = create_app(empty_settings)
    upgrade(app.extensions["database"])
    return app.test_cli_runner()


@pytest.fixture
def held(flask: FlaskCliRunner) -> Database:
    found: Database = flask.app.extensions["database"]
    return found


def done(flask: FlaskCliRunner, *arguments: str) -> None:
    result = flask.invoke(args=arguments)
    assert result.exit_code == 0, result.output


def lines(held: Database) -> list[tuple[str, str, str, int | None]]:
    with held.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(one.role, one.act, one.about, one.about_id) for one in entries]


def test_a_merge_by_command_says_so_in_the_log(flask: FlaskCliRunner, held: Database) -> None:
    old, new = make_listing(held), make_listing(held)
    done(flask, "listings", "merge", str(old), str(new), "--because", WHY)
    assert lines(held) == [("command line", "merge listings", "service", old)]


def test_a_merge_by_command_is_undone_whole_on_the_page(flask: FlaskCliRunner, held: Database) -> None:
    older, old, new = (make_listing(held) for _ in range(3))
    done(flask, "listings", "merge", str(older), str(old), "--because", WHY)
    done(flask, "listings", "merge", str(old), str(new), "--because", WHY)
    with held.transaction() as session:
        undo_merge(session, old, by=Actor(None, "moderator", is_moderator=True), now=now_utc())
    with held.reading() as session:
        leads = {row.old_id: row.service_id for row in session.scalars(select(MovedListing))}
    assert leads == {older: old}


def test_an_import_that_changes_something_says_so_once(
    flask: FlaskCliRunner, held: Database, tmp_path: Path
) -> None:
    file = write_file(tmp_path / "listings.csv", [make_row(id=1)])
    for _again in range(2):
        done(flask, "listings", "import", str(file))
    assert lines(held) == [("command line", "import listings", "listings", None)]


def test_what_is_said_of_the_matrix_by_command_stands_in_the_log(
    flask: FlaskCliRunner, held: Database
) -> None:
    service = make_listing(held, modes="in-person")
    say = ("matrix", "state", "Peterborough", "G2.1", "--exists", "none", "--for", "partnership", *WHO)
    done(flask, *say)
    done(flask, "gaps", "set", "E06000031-G2.1-none", "--status", "accepted", *WHO)
    done(flask, "matrix", "withdraw", "1", "--because", "It was wrong.", *WHO)
    done(flask, "matrix", "funding", str(service), "--ends", "2027-03-31", "--by", "commissioning manager")
    area = ("--member", "E08000035", "--member", "E08000032", "--source", "Example plan (2026)")
    done(flask, "matrix", "area", "add", "north-example", "North Example", *area)
    done(flask, "matrix", "area", "end", "north-example", "--on", "2027-03-31")
    assert lines(held) == [
        ("command line", "state cell", "statement", 1),
        ("command line", "decide gap", "gap", None),
        ("command line", "withdraw statement", "statement", 1),
        ("command line", "tell funding", "service", service),
        ("command line", "add area", "area", None),
        ("command line", "end area", "area", None),
    ]
