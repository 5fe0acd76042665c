"""`flask matrix …` as somebody types it."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from directory.cli.matrix import matrix_cli
from directory.config import DATA
from directory.db import Database
from directory.queries.current_matrix import CurrentMatrix
from directory.queries.statements import statements
from directory.reference.hours import LONDON
from tests.builders import make_listing

WHO = ("--for", "partnership", "--by", "partnership manager", "--on", "2026-11-20")


@pytest.fixture
def flask(database: Database) -> FlaskCliRunner:
    app = Flask("example")
    app.extensions["database"] = database
    app.extensions["matrix"] = CurrentMatrix(180)
    app.cli.add_command(matrix_cli)
    return app.test_cli_runner()


def done(flask: FlaskCliRunner, *arguments: str) -> str:
    result = flask.invoke(args=["matrix", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(flask: FlaskCliRunner, *arguments: str) -> Result:
    result = flask.invoke(args=["matrix", *arguments])
    assert result.exit_code in {1, 2} and result.stdout == "", result.output
    return result


def test_a_statement_is_recorded_and_told_with_all_that_was_said(
    flask: FlaskCliRunner, database: Database
) -> None:
    told = done(
        flask, "state", "peterborough", "g2.1", "--mode", "both", "--exists", "available", *WHO,
        "--what", "Everyone is trained.", "--sector", "statutory", "--effective", "mixed",
        "--evidence", "Training records, 2026",
    )  # fmt: skip
    for words in ("Peterborough (E06000031)", "statement 1", "G2.1 in person and by phone or online: available",
                  "partnership manager", "2026-11-20", "works for some", "Training records"):  # fmt: skip
        assert words in told, words
    with database.reading() as session:
        (one,) = statements(session)
    assert (one.area_code, one.sector, one.effective) == ("E06000031", "statutory", "mixed")


def test_a_statement_that_cannot_fill_its_cell_says_so(flask: FlaskCliRunner) -> None:
    told = done(flask, "state", "E06000031", "G2.7", "--exists", "available", *WHO)
    assert "G2.7 is filled by listings: alone, this makes it partly available." in told
    assert "partly available" in line_of(done(flask, "show", "Peterborough"), "G2.7")


def test_one_that_differs_is_told_and_the_cell_is_disputed(flask: FlaskCliRunner) -> None:
    done(flask, "state", "Peterborough", "G2.1", "--exists", "available", *WHO)
    told = done(flask, "state", "Peterborough", "G2.1", "--exists", "none", "--for", "commissioner", *WHO[2:])
    assert "disputed: statement 1" in told
    assert line_of(done(flask, "show", "Peterborough"), "G2.1").count("not known, disputed") == 2


def test_a_word_to_avoid_is_pointed_out_and_the_statement_recorded(flask: FlaskCliRunner) -> None:
    result = flask.invoke(
        args=["matrix", "state", "E06000031", "G2.1", "--exists", "partly", *WHO, "--what", "For abusers."]
    )
    assert result.exit_code == 0 and "Instead of “abusers”" in result.stderr


def test_the_history_tells_what_is_in_force_what_was_replaced_and_what_was_taken_back(
    flask: FlaskCliRunner,
) -> None:
    done(flask, "state", "Peterborough", "G2.1", "--exists", "available", *WHO)
    done(flask, "state", "Peterborough", "G2.1", "--exists", "partly", *WHO)
    done(flask, "state", "Peterborough", "G3.3", "--exists", "partly", *WHO)
    done(flask, "state", "E92000001", "G4.1", "--exists", "partly", *WHO)
    done(flask, "withdraw", "3", "--because", "said by mistake", "--by", "moderator", "--on", "2026-11-21")
    told = done(flask, "statements", "Peterborough")
    assert "a newer one has taken its place" in line_of(told, "  statement 1:")
    assert line_of(told, "  statement 2:").endswith("in force")
    assert "taken back on 2026-11-21 (moderator: said by mistake)" in line_of(told, "  statement 3:")
    assert line_of(told, "  statement 4:").endswith("said for England (E92000001)")
    assert "statement 4" in done(flask, "statements", "England")
    assert "nothing" in done(flask, "statements", "Cardiff")


def test_an_authority_is_shown_with_each_type_and_its_two_halves(
    flask: FlaskCliRunner, database: Database
) -> None:
    make_listing(database, modes="in-person")
    told = done(flask, "show", "Peterborough")
    assert len(told.splitlines()) == 2 + 75
    assert line_of(told, "G4.6").endswith("partly available         not known")
    assert "does not apply" in line_of(told, "G2.2")


def test_a_wider_area_is_shown_in_numbers_of_its_authorities(
    flask: FlaskCliRunner, database: Database
) -> None:
    make_listing(database, modes="in-person")
    told = done(flask, "show", "cambridgeshire-and-peterborough")
    assert "In how many of its 6 authorities:" in told
    assert "partly available 1, not known 5" in line_of(told, "G4.6")


def test_a_name_of_no_area_is_answered_with_names_that_are_like_it(flask: FlaskCliRunner) -> None:
    result = refused(flask, "show", "Peterborogh")
    assert "Did you mean" in result.stderr and "E06000031  Peterborough, local authority" in result.stderr
    assert "Did you mean" not in refused(flask, "show", "zzzzzz").stderr


@pytest.mark.parametrize("name", ["", " ", "x" * 500, "\x1b[31mPeterborough", "../../etc", "Peterborough\n"])
def test_any_name_at_all_gets_an_answer_that_no_terminal_obeys(name: str, flask: FlaskCliRunner) -> None:
    result = flask.invoke(args=["matrix", "show", name])
    assert result.exit_code in {0, 2} and "\x1b" not in result.output and "Traceback" not in result.output


def test_an_authority_is_found_by_its_official_name_too(flask: FlaskCliRunner) -> None:
    assert "(E06000019)" in done(flask, "show", "Herefordshire, County of")


def test_a_name_of_two_areas_is_answered_with_both_codes(flask: FlaskCliRunner) -> None:
    result = refused(flask, "show", "Staffordshire")
    assert "E10000028" in result.stderr and "E23000015" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("state", "E06000031", "G9.99", "--exists", "none", *WHO), "TYPE: No support type"),
        (("state", "E06000031", "G2.1", "--exists", "perhaps", *WHO), "--exists"),
        (("state", "E06000031", "G2.1", "--exists", "none", *WHO[:-1], "yesterday"), "like 2026-11-21"),
        (("state", "E06000031", "G2.1", "--exists", "none", *WHO[:-1], "2999-01-01"), "--on: 2999-01-01 is in"),
        (("state", "E06000031", "G2.1", "--exists", "none", *WHO, "--what", "jo@example.org"), "--what"),
        (("state", "E06000031", "G2.1", *WHO), "--exists"),
        (("withdraw", "9", "--because", "x", "--by", "nurse", "--on", "2026-11-20"), "No statement has the number"),
        (("area", "add", "North", "North", "--member", "E08000035", "--source", "x"), "CODE: Use small letters"),
        (("area", "add", "north", "North", "--member", "E99", "--source", "x"), "--member: No authority"),
        (("area", "end", "north", "--on", "2026-11-20"), "No named area"),
    ],
)  # fmt: skip
def test_commands_refuse_clearly(arguments: tuple[str, ...], answer: str, flask: FlaskCliRunner) -> None:
    assert answer in refused(flask, *arguments).stderr.replace("'", "")


def test_a_named_area_is_added_listed_shown_and_ended(flask: FlaskCliRunner) -> None:
    today = datetime.now(LONDON).date()
    done(
        flask, "area", "add", "north-example", "North Example", "--member", "E08000035",
        "--member", "e08000032", "--from", "2026-04-01", "--source", "Example plan (2026)",
    )  # fmt: skip
    assert "Bradford, Leeds" in line_of(done(flask, "area", "list"), "north-example")
    assert "2 authorities" in done(flask, "show", "North Example")
    done(flask, "area", "end", "north-example", "--on", str(today.replace(year=today.year + 1, day=1)))
    assert "north-example" in done(flask, "show", "north-example")
    assert "Not an area today" in line_of(done(flask, "area", "list"), "nhs-cambridgeshire")


def test_the_tables_that_ship_are_right(flask: FlaskCliRunner) -> None:
    assert "can be read" in done(flask, "check")


def test_each_table_that_is_wrong_is_told_by_line(flask: FlaskCliRunner, tmp_path: Path) -> None:
    for name in ("terms.csv", "groups.csv", "support_types.csv", "type_mapping.csv"):
        shutil.copy(DATA / name, tmp_path)
    types = (tmp_path / "support_types.csv").read_text(encoding="utf-8")
    (tmp_path / "support_types.csv").write_text(types.replace("G1.2,G1,", "G1.2,G9,"), encoding="utf-8")
    (tmp_path / "groups.csv").write_bytes("code,shown_as,label,plain\nG1,children,Á,A\n".encode("cp1252"))
    result = refused(flask, "check", "--data", str(tmp_path))
    assert "support_types.csv, line 3, column code" in result.stderr
    assert "groups.csv: it is not UTF-8" in result.stderr
    assert "named_areas.csv: it cannot be read" in result.stderr
    assert "terms.csv" not in result.stderr.replace("support_types", "")


def line_of(text: str, start: str) -> str:
    """The one line that begins so, with no more digits after it: 'G2.1' is not 'G2.14'."""
    (line,) = [one for one in text.splitlines() if re.match(re.escape(start) + r"(?!\d)", one)]
    return line
