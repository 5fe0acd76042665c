"""`flask database …` and `flask listings …` as somebody types them: interrupted, repeated, at once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from directory.actions import resolve
from directory.actions.listing_row import COLUMN_NAMES
from directory.cli import database as commands
from directory.cli.database import database_cli
from directory.cli.listings import listings_cli
from directory.config import ROOT
from directory.db import Database
from directory.migrations.upgrade import head
from directory.models.audit import AuditEntry
from directory.models.service import Service
from directory.queries.listings import get_listing, listings_version
from tests.builders import make_database, make_listing, make_row, read_file, write_file

PROGRAM = """
import signal
import sys
# As in a terminal, also where whoever runs the tests ignores Ctrl+C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.integration.database.test_commands import make_app
app = make_app(sys.argv[1])
# Inside its context: otherwise the command would find wsgi.py, and the database of this machine.
with app.app_context():
    app.cli.main(sys.argv[2:], prog_name="flask")
"""


def make_app(url: str) -> Flask:
    """An app with nothing but the commands."""
    app = Flask("example")
    app.config["SETTINGS"] = SimpleNamespace(postcodes_dir=ROOT / "instance" / "postcodes", database_url=url)
    app.extensions["database"] = Database(url)
    app.cli.add_command(database_cli)
    app.cli.add_command(listings_cli)
    return app


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new.sqlite"


@pytest.fixture
def flask(url: str) -> FlaskCliRunner:
    """Runs commands against a database without tables."""
    return make_app(url).test_cli_runner()


@pytest.fixture
def ready(flask: FlaskCliRunner) -> FlaskCliRunner:
    """Runs commands against a database with tables."""
    assert flask.invoke(args=["database", "upgrade"]).exit_code == 0
    return flask


def services(url: str) -> int:
    database = Database(url)
    with database.reading() as session:
        found = session.scalar(select(func.count()).select_from(Service)) or 0
    database.dispose()
    return found


def test_upgrade_says_what_it_did(flask: FlaskCliRunner) -> None:
    assert f"now at version {head()}" in flask.invoke(args=["database", "upgrade"]).stdout
    assert "up to date" in flask.invoke(args=["database", "upgrade"]).stdout


def test_prepare_takes_the_listings_that_ship_and_only_once(flask: FlaskCliRunner, url: str) -> None:
    first = flask.invoke(args=["database", "prepare"])
    assert first.exit_code == 0, first.output
    assert services(url) == len(read_file(ROOT / "data" / "services.csv"))
    again = flask.invoke(args=["database", "prepare"])
    assert (again.exit_code, again.stdout) == (0, "")


def test_prepare_leaves_a_database_with_listings_alone(
    ready: FlaskCliRunner, url: str, tmp_path: Path
) -> None:
    write_file(tmp_path / "a.csv", [make_row()])
    write_file(tmp_path / "b.csv", [make_row(), make_row()])
    for name in ("a.csv", "b.csv"):
        assert ready.invoke(args=["database", "prepare", "--from", str(tmp_path / name)]).exit_code == 0
    assert services(url) == 1


def test_prepare_hides_what_the_rule_of_today_calls_confidential(ready: FlaskCliRunner, url: str) -> None:
    database = Database(url)
    with pytest.MonkeyPatch.context() as lax:
        lax.setattr(resolve, "is_confidential", lambda **facts: facts["said"] is True)
        make_listing(
            database, id=1, name="Example Refuge", locations="exact | Huntingdon | PE28 9AA",
            description="Rooms in Huntingdon.",
        )  # fmt: skip
    result = ready.invoke(args=["database", "prepare"])
    assert result.exit_code == 0, result.output
    assert "service 1 is confidential" in result.stderr and "description" in result.stderr
    assert "PE28" not in result.output and "Huntingdon" not in result.output
    again = ready.invoke(args=["database", "prepare"])
    assert (again.exit_code, again.output) == (0, "")
    with database.reading() as session:
        assert (get_listing(session, 1).places, listings_version(session)) == ((), 2)
    database.dispose()


def test_prepare_asks_for_no_write_when_nothing_must_be_hidden(
    ready: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(), make_row(name="Example Refuge")])
    ready.invoke(args=["database", "prepare", "--from", str(path)])
    monkeypatch.setattr(commands, "reapply_confidentiality", lambda _session: pytest.fail("a write"))
    result = ready.invoke(args=["database", "prepare"])
    assert (result.exit_code, result.output) == (0, "")


def test_prepare_with_a_bad_file_fails_and_lists_nothing(
    ready: FlaskCliRunner, url: str, tmp_path: Path
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(), make_row(url="x")])
    result = ready.invoke(args=["database", "prepare", "--from", str(path)])
    assert result.exit_code == 1 and "line 3, url" in result.stderr
    assert services(url) == 0


def start(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    assert "/pytest-" in url
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url, *arguments],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_four_processes_may_prepare_at_once(url: str, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.csv", [make_row() for _ in range(300)])
    running = [start(url, "database", "prepare", "--from", str(path)) for _ in range(4)]
    for process in running:
        _out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert services(url) == 300


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_a_seed_stopped_half_way_leaves_nothing_half_done(
    kill: signal.Signals, url: str, tmp_path: Path
) -> None:
    make_database(url).dispose()
    path = write_file(tmp_path / "a.csv", [make_row(id=number) for number in range(1, 8_001)])
    process = start(url, "database", "prepare", "--from", str(path))
    assert process.stderr is not None
    # The bar is past a third: some of it is written, and not all.
    seen = b""
    while not re.search(rb"(3|4|5)[0-9]%", seen):
        got = os.read(process.stderr.fileno(), 4096)
        assert got, seen.decode()
        seen += got
    process.send_signal(kill)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert services(url) == 0
    small = write_file(tmp_path / "b.csv", [make_row(id=1)])
    result = make_app(url).test_cli_runner().invoke(args=["database", "prepare", "--from", str(small)])
    assert result.exit_code == 0 and services(url) == 1


def test_a_second_import_waits_for_the_first(url: str, tmp_path: Path) -> None:
    make_database(url).dispose()
    first = write_file(tmp_path / "a.csv", [make_row(id=number) for number in range(1, 5_001)])
    second = write_file(tmp_path / "b.csv", [make_row(id=number) for number in range(5_001, 5_101)])
    running = [start(url, "listings", "import", str(path)) for path in (first, second)]
    for process in running:
        _out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert services(url) == 5_100


def test_import_tells_what_it_did(ready: FlaskCliRunner, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=""), make_row(name="Example Service B")])
    tried = ready.invoke(args=["listings", "import", str(path), "--dry-run"])
    assert tried.exit_code == 0 and "2 would be added" in tried.stdout
    done = ready.invoke(args=["listings", "import", str(path)])
    assert done.exit_code == 0 and "2 rows: 2 added" in done.stdout and "line 2: is service" in done.stdout
    again = ready.invoke(args=["listings", "import", str(path)])
    assert again.exit_code == 1 and "listed already" in again.stderr


def test_import_with_problems_fails_and_with_skip_bad_says_where_they_went(
    ready: FlaskCliRunner, url: str, tmp_path: Path
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(), make_row(coverage="Atlantis")])
    refused = ready.invoke(args=["listings", "import", str(path)])
    assert refused.exit_code == 1 and services(url) == 0
    assert "line 3, coverage ‘Atlantis’" in refused.stderr and "--skip-bad" in refused.stderr
    taken = ready.invoke(args=["listings", "import", str(path), "--skip-bad"])
    assert taken.exit_code == 3 and "a.bad.csv" in taken.stderr and services(url) == 1
    assert len(read_file(tmp_path / "a.bad.csv")) == 1


def test_import_of_a_file_that_is_not_there_says_so(ready: FlaskCliRunner, tmp_path: Path) -> None:
    result = ready.invoke(args=["listings", "import", str(tmp_path / "none.csv")])
    assert result.exit_code == 2 and "does not exist" in result.stderr


def test_export_writes_a_file_and_the_output_alike(ready: FlaskCliRunner, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=1)])
    ready.invoke(args=["listings", "import", str(path)])
    assert "1 listings written" in ready.invoke(args=["listings", "export", str(tmp_path / "out.csv")]).stdout
    process = start(f"sqlite:///{tmp_path}/new.sqlite", "listings", "export")
    output, _errors = process.communicate(timeout=60)
    assert output == (tmp_path / "out.csv").read_bytes()
    assert output.decode().startswith(",".join(COLUMN_NAMES))
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out.csv"]


def test_confirm_records_who_and_when(ready: FlaskCliRunner, url: str, tmp_path: Path) -> None:
    ready.invoke(args=["listings", "import", str(write_file(tmp_path / "a.csv", [make_row(id=1)]))])
    done = ready.invoke(args=["listings", "confirm", "1", "--by", "service manager", "--on", "2026-11-01"])
    assert done.exit_code == 0 and "Example Service A, Example Organisation" in done.stdout
    database = Database(url)
    with database.reading() as session:
        assert get_listing(session, 1).confirmed_by == "service manager"
        assert listings_version(session) == 2
        [logged] = session.scalars(select(AuditEntry).where(AuditEntry.act == "confirm listing"))
        assert logged.role == "service manager" and logged.details["through"] == "command line"
    database.dispose()


@pytest.mark.parametrize(
    ("arguments", "code", "answer"),
    [
        (["9", "--by", "moderator", "--on", "2026-11-01"], 1, "No service has the number 9"),
        (["0", "--by", "moderator", "--on", "2026-11-01"], 2, "range"),
        (["1", "--by", "moderator", "--on", "yesterday"], 2, "2026-11-21"),
        (["1", "--by", "moderator", "--on", "2999-01-01"], 2, "in the future"),
        (["1", "--by", "a@example.org", "--on", "2026-11-01"], 2, "role"),
        (["1", "--on", "2026-11-01"], 2, "--by"),
    ],
)
def test_confirm_refuses_clearly(arguments: list[str], code: int, answer: str, ready: FlaskCliRunner) -> None:
    result = ready.invoke(args=["listings", "confirm", *arguments])
    assert result.exit_code == code and answer in result.stderr, result.stderr
