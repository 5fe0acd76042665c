"""The same on PostgreSQL, by its own programs."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from directory.actions.changes.apply import stored_cells
from directory.app import create_app
from directory.config import Settings
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
