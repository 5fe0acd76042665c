"""The same on PostgreSQL, by its own programs."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from directory.actions.backup_postgres import copy_postgres
from directory.actions.changes.apply import stored_cells
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import head, upgrade
from tests.accounts import make_account, signed_in
from tests.builders import make_database, make_listing


def site_at(settings: Settings, url: str) -> Flask:
    return create_app(replace(settings, database_url=url, database_read_url=url))


def empty_beside(url: str) -> str:
    """The address of another empty database of the same server."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = f"{connection.scalar(text('SELECT current_database()'))}_restored"
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace(f"/{name.removesuffix('_restored')}?", f"/{name}?")


def test_a_copy_comes_back_in_an_empty_database(
    empty_settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    make_database(postgres_url).dispose()
    site = site_at(empty_settings, postgres_url)
    make_listing(site.extensions["database"], waiting_note="about a month")
    signed_in(site, make_account(site.extensions["database"]))
    copy = tmp_path / "copy.dump"
    runner = site.test_cli_runner()
    made = runner.invoke(args=["backup", str(copy)])
    assert made.exit_code == 0, made.output
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "can be read" in runner.invoke(args=["backup", "--check", str(copy)]).output
    assert "has tables already" in runner.invoke(args=["restore", str(copy), "--replace"]).output
    there = site_at(empty_settings, empty_beside(postgres_url))
    restored = there.test_cli_runner().invoke(args=["restore", str(copy)])
    assert restored.exit_code == 0, restored.output
    assert "1 sign-ins ended" in restored.output
    with there.extensions["database"].reading() as session:
        assert stored_cells(session, 1)["waiting_note"] == "about a month"
    for one in (site, there):
        one.extensions["database"].dispose()


def test_without_its_programs_that_is_said(
    empty_settings: Settings, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    site = site_at(empty_settings, postgres_url)
    result = site.test_cli_runner().invoke(args=["backup", str(tmp_path / "copy.dump")])
    assert result.exit_code == 1 and "pg_dump is not installed" in result.output
    assert list(tmp_path.iterdir()) == []


def test_an_older_copy_is_brought_up_to_the_tables_of_today(
    empty_settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    old = Database(postgres_url)
    upgrade(old, "005")
    copy_postgres(old.engine.url, tmp_path / "old.dump")
    there = site_at(empty_settings, empty_beside(postgres_url))
    restored = there.test_cli_runner().invoke(args=["restore", str(tmp_path / "old.dump")])
    assert restored.exit_code == 0, restored.output
    assert upgrade(there.extensions["database"]) == (head(), head())
    for one in (old, there.extensions["database"]):
        one.dispose()


@pytest.mark.parametrize("problem", [ValueError("an example"), KeyboardInterrupt()], ids=["error", "Ctrl+C"])
def test_a_restore_that_ends_half_way_says_that_the_database_must_not_be_used(
    empty_settings: Settings,
    postgres_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: BaseException,
) -> None:
    """What is filled in by another program cannot be taken back, and its sign-ins are alive."""
    make_database(postgres_url).dispose()
    site, there = (site_at(empty_settings, url) for url in (postgres_url, empty_beside(postgres_url)))
    copy = str(tmp_path / "copy.dump")
    assert site.test_cli_runner().invoke(args=["backup", copy]).exit_code == 0

    def broken(*_given: object) -> None:
        raise problem

    monkeypatch.setattr("directory.cli.backup.after_restore", broken)
    result = there.test_cli_runner().invoke(args=["restore", copy])
    assert result.exit_code == 1 and "Let no site use it" in result.output
    assert "Make another empty one" in result.output and "Restored." not in result.output
    # Said before anything is done, for whoever kills the command.
    assert result.output.index("until this says ‘Restored’") < result.output.index("Let no site use it")
    for one in (site, there):
        one.extensions["database"].dispose()
