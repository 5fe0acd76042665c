"""Writes wait their turn, reads see one state, and nothing half-done stays."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from directory.db import Database
from directory.models.listings_version import ListingsVersion
from directory.queries.listings import listings_version
from tests.builders import make_database, make_listing

ADD_ONE = update(ListingsVersion).values(version=ListingsVersion.version + 1)


def version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)


def test_a_second_writer_waits_and_both_writes_count(either_database: Database) -> None:
    """Each reads, waits and writes what it read plus one: without a lock one of them would be lost."""

    def write() -> None:
        with either_database.transaction() as session:
            held = session.scalars(select(ListingsVersion.version).with_for_update()).one()
            time.sleep(0.1)
            session.execute(update(ListingsVersion).values(version=held + 1))

    writers = [threading.Thread(target=write) for _ in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert version(either_database) == 5


def test_a_writer_that_has_waited_too_long_says_so(tmp_path: Path) -> None:
    first = make_database(f"sqlite:///{tmp_path}/d.sqlite")
    second = Database(f"sqlite:///{tmp_path}/d.sqlite", busy_timeout_s=0.1)
    with first.transaction(), pytest.raises(OperationalError, match="locked"), second.transaction():
        pass


def test_a_command_may_wait_longer_than_a_page(tmp_path: Path) -> None:
    first = make_database(f"sqlite:///{tmp_path}/d.sqlite")
    second = Database(f"sqlite:///{tmp_path}/d.sqlite", busy_timeout_s=0.05)
    holding = threading.Event()

    def hold() -> None:
        with first.transaction() as session:
            session.execute(ADD_ONE)
            holding.set()
            time.sleep(0.5)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    with second.transaction(wait_s=30) as session:
        session.execute(ADD_ONE)
    holder.join()
    assert version(first) == 2
    with second.reading() as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == 50


def test_readers_do_not_wait_for_a_writer(either_database: Database) -> None:
    with either_database.transaction() as session:
        session.execute(ADD_ONE)
        began = time.monotonic()
        assert version(either_database) == 0
        assert time.monotonic() - began < 1


def test_one_reading_sees_one_state(either_database: Database) -> None:
    with either_database.reading() as reader:
        before = listings_version(reader)
        with either_database.transaction() as writer:
            writer.execute(ADD_ONE)
        assert listings_version(reader) == before
    assert version(either_database) == before + 1


def test_a_block_that_raises_leaves_nothing_behind(either_database: Database) -> None:
    with pytest.raises(ZeroDivisionError), either_database.transaction() as session:
        session.execute(ADD_ONE)
        raise ZeroDivisionError
    assert version(either_database) == 0


def test_what_a_reading_writes_is_never_kept(either_database: Database) -> None:
    try:
        with either_database.reading() as session:
            session.execute(ADD_ONE)
    except DBAPIError as refused:
        assert "read-only" in str(refused)  # PostgreSQL refuses at once.
    assert version(either_database) == 0


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_confidential_place_cannot_be_stored_with_a_point(either_database: Database) -> None:
    number = make_listing(either_database, locations="town | Huntingdon")
    with pytest.raises(DBAPIError, match="ck_location_hidden"), either_database.transaction() as session:
        session.execute(
            text("UPDATE location SET is_confidential = :yes WHERE service_id = :id"),
            {"yes": True, "id": number},
        )


def test_a_child_of_a_fork_opens_its_own_connection(either_database: Database) -> None:
    assert version(either_database) == 0
    child = os.fork()
    if child == 0:
        either_database.dispose(close=False)
        try:
            with either_database.transaction() as session:
                session.execute(ADD_ONE)
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert version(either_database) == 1


def test_reads_can_go_to_an_address_of_their_own(tmp_path: Path) -> None:
    make_listing(make_database(f"sqlite:///{tmp_path}/replica.sqlite"))
    make_database(f"sqlite:///{tmp_path}/main.sqlite")
    both = Database(f"sqlite:///{tmp_path}/main.sqlite", f"sqlite:///{tmp_path}/replica.sqlite")
    assert version(both) == 1
    with both.transaction() as session:
        assert listings_version(session) == 0
    both.dispose()


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_is_reached_by_psycopg_3(given: str) -> None:
    assert Database(given).engine.driver == "psycopg"
