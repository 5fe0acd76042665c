"""A database that somebody holds for himself: readers are told soon, writers wait as long as they said."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from directory.db import READ_TIMEOUT_S, Database
from directory.models.listings_version import ListingsVersion
from directory.queries.listings import listings_version
from tests.builders import make_database

ADD_ONE = update(ListingsVersion).values(version=ListingsVersion.version + 1)


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Nobody else can even read the file: what a repair or a copy by hand may do to it."""
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("UPDATE listings_version SET version = version")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with tables that nobody has open."""
    path = tmp_path / "d.sqlite"
    make_database(f"sqlite:///{path}").dispose()
    return path


def test_a_reader_of_a_locked_database_is_told_within_seconds(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    with held_alone(path):
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), database.reading() as session:
            listings_version(session)
        assert time.monotonic() - began < 2 * READ_TIMEOUT_S
    with database.reading() as session:
        assert listings_version(session) == 0


def test_a_writer_outwaits_a_lock_that_would_turn_a_reader_away(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    holding = threading.Event()

    def hold() -> None:
        with held_alone(path):
            holding.set()
            time.sleep(2 * READ_TIMEOUT_S)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    with database.transaction() as session:
        session.execute(ADD_ONE)
    holder.join()
    with database.reading() as session:
        assert listings_version(session) == 1


def test_reads_wait_two_seconds_and_writes_twenty(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    for _again in range(2):
        with database.transaction() as session:
            assert session.scalar(text("PRAGMA busy_timeout")) == 20_000
        with database.reading() as session:
            assert session.scalar(text("PRAGMA busy_timeout")) == 2_000
    with database.transaction(wait_s=600) as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == 600_000


def test_a_connection_made_while_the_file_was_locked_has_the_usual_settings(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    with held_alone(path), pytest.raises(OperationalError), database.reading() as session:
        listings_version(session)
    with database.transaction() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA trusted_schema")) == 0


def test_an_error_does_not_print_the_values_of_its_query(either_database: Database) -> None:
    """They may be what somebody has searched for, and an error goes into a log."""
    with pytest.raises(DBAPIError) as failed, either_database.reading() as session:
        session.execute(text("SELECT * FROM nowhere WHERE id = :id"), {"id": 4711})
    assert "nowhere" in str(failed.value) and "4711" not in str(failed.value)


def test_the_engine_for_reads_alone_does_not_print_them_either(path: Path, tmp_path: Path) -> None:
    both = Database(f"sqlite:///{path}", f"sqlite:///{tmp_path}/replica.sqlite")
    with pytest.raises(DBAPIError) as failed, both.reading() as session:
        session.execute(text("SELECT * FROM nowhere WHERE id = :id"), {"id": 4711})
    assert "4711" not in str(failed.value)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
@pytest.mark.parametrize("form", ["sqlite:///{path}", "sqlite:///file:{path}?uri=true"])
def test_a_new_database_is_the_owners_alone(form: str, umask: int, tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    database = Database(form.format(path=path))
    before = os.umask(umask)
    try:
        with database.transaction() as session:
            session.execute(text("CREATE TABLE example (id INTEGER)"))
        modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()}
    finally:
        os.umask(before)
        database.dispose()
    assert modes == {"new.sqlite": 0o600, "new.sqlite-wal": 0o600, "new.sqlite-shm": 0o600}


def test_a_database_that_is_there_keeps_the_rights_its_owner_gave(path: Path) -> None:
    path.chmod(0o640)
    database = Database(f"sqlite:///{path}")
    with database.reading() as session:
        listings_version(session)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_address_that_must_not_create_a_file_creates_none(tmp_path: Path) -> None:
    database = Database(f"sqlite:///file:{tmp_path}/none.sqlite?mode=ro&uri=true")
    with pytest.raises(OperationalError, match="unable to open"), database.reading() as session:
        listings_version(session)
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_needs_no_file() -> None:
    with Database("sqlite://").transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1
