"""`flask gaps …` and `flask matrix funding` as somebody types them, and what they store."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from directory.actions.record_funding import record_funding
from directory.actions.set_gap_status import ToDecide, set_gap_status
from directory.cli.gaps import funding_command, gaps_cli
from directory.cli.matrix import matrix_cli
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.models.tables import GapStatus
from directory.queries.current_gaps import CurrentGaps
from directory.queries.current_matrix import CurrentMatrix
from directory.queries.gap_register import decisions, funding_ends
from directory.queries.statements import matrix_version
from directory.reference.hours import LONDON
from tests.builders import make_listing

TODAY = date(2026, 11, 26)
GAP = "E06000031-G2.1-none"
WHO = ("--by", "commissioning manager", "--on", "2026-11-21")


@pytest.fixture
def flask(database: Database) -> FlaskCliRunner:
    app = Flask("example")
    app.extensions["database"] = database
    app.extensions["matrix"] = CurrentMatrix(180)
    app.extensions["gaps"] = CurrentGaps()
    app.cli.add_command(gaps_cli)
    matrix_cli.add_command(funding_command)
    app.cli.add_command(matrix_cli)
    return app.test_cli_runner()


def done(flask: FlaskCliRunner, *arguments: str) -> str:
    result = flask.invoke(args=arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(flask: FlaskCliRunner, *arguments: str) -> Result:
    result = flask.invoke(args=arguments)
    assert result.exit_code in {1, 2} and result.stdout == "", result.output
    return result


def say_none(flask: FlaskCliRunner) -> None:
    done(flask, "matrix", "state", "Peterborough", "G2.1", "--exists", "none", "--for", "partnership", *WHO)


def line_of(told: str, start: str) -> str:
    (line,) = (one for one in told.splitlines() if one.startswith(start))
    return line


def test_an_empty_directory_has_no_gap_and_many_questions(flask: FlaskCliRunner) -> None:
    assert "0 lines in the register of Peterborough (E06000031)." in done(
        flask, "gaps", "list", "peterborough"
    )
    questions = done(flask, "gaps", "list", "E06000031", "--list", "questions")
    assert questions.count("-not-known") == 75


def test_a_decision_is_recorded_beside_those_before_it(flask: FlaskCliRunner, database: Database) -> None:
    say_none(flask)
    assert line_of(done(flask, "gaps", "list", "Peterborough"), GAP).split()[1] == "open"
    assert "open before, accepted from 2026-11-21" in done(
        flask, "gaps", "set", GAP, "--status", "accepted", *WHO
    )
    told = done(
        flask, "gaps", "set", GAP, "--status", "planned", "--because", "Two advisers from April.", *WHO
    )
    assert "accepted before" in told
    assert line_of(done(flask, "gaps", "list", "Peterborough"), GAP).split()[1] == "planned"
    with database.reading() as session:
        (history,) = decisions(session, "E06000031").values()
    assert [(one.status, one.reason) for one in history] == [
        ("accepted", ""),
        ("planned", "Two advisers from April."),
    ]


def test_a_gap_that_is_no_longer_found_keeps_its_history(flask: FlaskCliRunner) -> None:
    say_none(flask)
    done(flask, "gaps", "set", GAP, "--status", "accepted", *WHO)
    done(flask, "matrix", "withdraw", "1", "--because", "said by mistake", *WHO)
    assert "no longer found" in line_of(done(flask, "gaps", "list", "Peterborough"), GAP)
    done(flask, "gaps", "set", GAP, "--status", "closed", "--because", "It was a mistake.", *WHO)
    assert "closed" in line_of(done(flask, "gaps", "list", "Peterborough"), GAP)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((GAP, "--status", "disputed", *WHO), "needs a reason"),
        ((GAP, "--status", "gone", *WHO), "--status"),
        (
            (GAP, "--status", "open", "--by", "a@example.org", "--on", "2026-11-21"),
            "an e-mail address",
        ),
        ((GAP, "--status", "open", "--by", "manager", "--on", "yesterday"), "not a day"),
        ((GAP, "--status", "open", "--by", "manager", "--on", "2999-01-01"), "in the future"),
        ((GAP, "--status", "closed", "--because", "See NHS 943 476 5919.", *WHO), "an NHS number"),
        (("E06000031-G2.4-none", "--status", "open", *WHO), "No register holds a gap"),
        (("something", "--status", "open", *WHO), "no id of a gap"),
        (("E99999999-G2.4-none", "--status", "open", *WHO), "No area of today"),
    ],
)
def test_what_cannot_be_recorded_is_answered_in_words(
    flask: FlaskCliRunner, arguments: tuple[str, ...], words: str
) -> None:
    say_none(flask)
    assert words in refused(flask, "gaps", "set", *arguments).stderr


def decide(database: Database, **what: object) -> str:
    fields: dict[str, object] = {
        "gap_id": GAP,
        "area_code": "E06000031",
        "status": "accepted",
        "reason": "",
        "role": "commissioning manager",
        "on": date(2026, 11, 20),
    }
    with database.transaction() as session:
        asked = ToDecide(**fields | what)  # type: ignore[arg-type]  # a builder takes any field
        return set_gap_status(session, asked, is_found=True, today=TODAY)


def test_a_decision_is_never_older_than_the_one_before(either_database: Database) -> None:
    assert decide(either_database) == "open"
    with pytest.raises(RuleBroken, match="accepted on 2026-11-20"):
        decide(either_database, status="open", on=date(2026, 11, 19))
    with pytest.raises(RuleBroken, match="taken back"):
        decide(either_database, status="open")
    assert decide(either_database, status="open", reason="Accepted by mistake.") == "accepted"
    with either_database.reading() as session:
        assert [row.status for row in session.scalars(select(GapStatus).order_by(GapStatus.id))] == [
            "accepted",
            "open",
        ]


def test_the_day_on_which_money_ends_is_kept_and_the_last_one_told_counts(either_database: Database) -> None:
    number = make_listing(either_database)
    for day in (date(2027, 3, 31), date(2028, 3, 31)):
        with either_database.transaction() as session:
            before = matrix_version(session)
            record_funding(session, number, ends_on=day, words="Renewed.", role="manager", today=TODAY)
            assert matrix_version(session) == before + 1
    with either_database.reading() as session:
        assert funding_ends(session)[number].ends_on == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"ends_on": date(2126, 3, 31)}, RuleBroken),
        ({"role": ""}, RuleBroken),
        ({"words": "Ask a@example.org"}, RuleBroken),
        ({"service_id": 999_999}, NotFound),
    ],
)
def test_a_wrong_end_of_funding_is_refused(
    database: Database, what: dict[str, object], error: type[Exception]
) -> None:
    fields: dict[str, object] = {
        "service_id": make_listing(database),
        "ends_on": date(2027, 3, 31),
        "words": "",
        "role": "manager",
    }
    with database.transaction() as session, pytest.raises(error):
        record_funding(session, today=TODAY, **fields | what)  # type: ignore[arg-type]  # any field


def test_funding_that_ends_soon_comes_into_the_register_by_command(
    flask: FlaskCliRunner, database: Database
) -> None:
    number = make_listing(database, modes="in-person")
    soon = datetime.now(LONDON).date() + timedelta(days=30)
    told = done(flask, "matrix", "funding", str(number), "--ends", str(soon), "--by", "commissioning manager")
    assert f"ends on {soon}" in told
    assert "G4.6-funding-ends-in-person" in done(flask, "gaps", "list", "Peterborough")
    assert (
        "No service"
        in refused(flask, "matrix", "funding", "999999", "--ends", str(soon), "--by", "manager").stderr
    )
