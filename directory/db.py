"""The way into the database: short reads, and writes that wait their turn.

SQLite by default (write-ahead log, foreign keys, a busy timeout); PostgreSQL
through psycopg 3 by the same two doors. Nobody else begins or commits.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

BUSY_TIMEOUT_S = 20.0
"""How long a write waits for another before it gives up: below gunicorn's 30 s."""

BEGIN_OPTION = "sqlite_begin"
WAIT_OPTION = "sqlite_wait_s"
WAL_TRIES = 100
MIGRATION_LOCK = 727_001
"""Any number, the same for all of this site's processes, which PostgreSQL's advisory lock is known by."""


def make_engine(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for the address, with SQLite's transactions in our own hands.

    Raises sqlalchemy.exc.ArgumentError when the address cannot be read.
    """
    address = _with_driver(make_url(url))
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        _prepare_sqlite(connection, busy_timeout_s)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        wait_s = options.get(WAIT_OPTION)
        if wait_s is not None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(wait_s * 1000)}")
        try:
            connection.exec_driver_sql(f"BEGIN {options.get(BEGIN_OPTION, 'DEFERRED')}")
        finally:
            if wait_s is not None:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")

    return engine


def _with_driver(url: URL) -> URL:
    """PostgreSQL always through psycopg 3, also when an address from a host says 'postgres://'."""
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _prepare_sqlite(connection: Any, busy_timeout_s: float) -> None:
    # Autocommit at the driver: it must not open transactions of its own, since ours are
    # opened by the 'begin' event (a deferred one that turns into a write fails at once
    # when somebody else has written meanwhile, whatever the timeout says).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA trusted_schema = OFF")
    cursor.close()


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch to WAL. The switch itself ignores the busy timeout, so it is tried again for two seconds."""
    for _try in range(WAL_TRIES - 1):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(0.02)
    cursor.execute("PRAGMA journal_mode = WAL")


class Database:
    """One database (and, if given, a second address to read from).

    Used by one process: after a fork the child calls dispose(close=False) before
    its first use, because a connection must not be shared between processes.
    """

    def __init__(
        self, url: str, read_url: str | None = None, *, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> None:
        self.engine = make_engine(url, busy_timeout_s=busy_timeout_s)
        same = not read_url or read_url == url
        self._read_engine = (
            self.engine if same else make_engine(read_url or url, busy_timeout_s=busy_timeout_s)
        )
        self._reader: Engine = self._read_engine
        if self._read_engine.dialect.name == "postgresql":
            # One snapshot for all queries of a page, as SQLite gives by itself.
            self._reader = self._read_engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writer = self.engine.execution_options(**{BEGIN_OPTION: "IMMEDIATE"})

    @property
    def dialect_name(self) -> str:
        """'sqlite' or 'postgresql'."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short read: one snapshot, rolled back at the end, so nothing can be written by it."""
        with Session(self._reader, autoflush=False) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def transaction(self, *, wait_s: float | None = None) -> Iterator[Session]:
        """A write: commits when the block ends, rolls back when it raises.

        On SQLite the write lock is taken before anything is read (BEGIN IMMEDIATE).
        wait_s: wait this long for other writers instead of the usual time; for
          commands, which may stand behind a long import. PostgreSQL waits by itself.
        """
        with Session(self._waiting(wait_s)) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def migrating(self, *, wait_s: float = 600.0) -> Iterator[Connection]:
        """A write transaction without a session, for migrations: one process at a time."""
        with self._waiting(wait_s).begin() as connection:
            if self.dialect_name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            yield connection

    def _waiting(self, wait_s: float | None) -> Engine:
        if wait_s is None:
            return self._writer
        return self._writer.execution_options(**{WAIT_OPTION: wait_s})

    def dispose(self, *, close: bool = True) -> None:
        """Let go of all connections. close=False after a fork: they are still the parent's."""
        self.engine.dispose(close=close)
        if self._read_engine is not self.engine:
            self._read_engine.dispose(close=close)
