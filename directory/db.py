"""The way into the database: short reads, and writes that wait their turn.

SQLite by default (write-ahead log, foreign keys, a busy timeout); PostgreSQL
through psycopg 3 by the same two doors. Nobody else begins or commits.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

DatabaseOutOfReach = OperationalError
"""It is locked, full or gone: the one error of a database whose words hold nothing that is, or should be, in a row."""

NoConnectionFree = PoolTimeout
"""All connections of this process are in use, and somebody has waited for one in vain."""

BUSY_TIMEOUT_S = 20.0
"""How long a write waits for another before it gives up: below gunicorn's 30 s."""

READ_TIMEOUT_S = 2.0
"""How long a read waits on SQLite. Writers do not block readers, so a lock that does is somebody else's
and lasts; a page says soon that it cannot answer, rather than hold a thread of the server."""

WAL_SWITCH_S = 1.0
"""How long a new connection tries to switch to the write-ahead log while others hold the file."""

BEGIN_OPTION = "sqlite_begin"
WAIT_OPTION = "sqlite_wait_s"
MIGRATION_LOCK = 727_001
"""Any number, the same for all of this site's processes, which PostgreSQL's advisory lock is known by."""


def make_engine(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for the address, with SQLite's transactions in our own hands.

    Errors do not hold the values of their queries, which tell what somebody has searched for.
    Raises sqlalchemy.exc.ArgumentError when the address cannot be read.
    """
    address = _with_driver(make_url(url))
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(address, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def _connecting(_dialect: Any, _record: Any, given: Sequence[Any], options: Mapping[str, Any]) -> None:
        path = _path_to_create(str(given[0]), is_uri=bool(options.get("uri")))
        if path is not None:
            _create_for_owner(path)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        _prepare_sqlite(connection)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        how = options.get(BEGIN_OPTION, "DEFERRED")
        wait_s = (
            min(READ_TIMEOUT_S, busy_timeout_s)
            if how == "DEFERRED"
            else options.get(WAIT_OPTION, busy_timeout_s)
        )
        # At the driver, since it is a setting and no query; the same connection reads and writes by turns.
        connection.connection.cursor().execute(f"PRAGMA busy_timeout = {int(wait_s * 1000)}").close()
        connection.exec_driver_sql(f"BEGIN {how}")

    return engine


def _with_driver(url: URL) -> URL:
    """PostgreSQL always through psycopg 3, also when an address from a host says 'postgres://'."""
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _path_to_create(name: str, *, is_uri: bool) -> Path | None:
    """The file that SQLite would create; None for a database in memory, or one that must be there.

    name: a path, or with is_uri one like 'file:/srv/d.sqlite?mode=rw'.
    """
    if is_uri and name.startswith("file:"):
        parts = urlsplit(name)
        if parse_qs(parts.query).get("mode", ["rwc"])[-1] != "rwc":
            return None
        name = unquote(parts.path)
    return None if name in {"", ":memory:"} else Path(name)


def _create_for_owner(path: Path) -> None:
    """An empty file, if there is none, that only its owner can read, whatever the umask.

    SQLite gives its log and its index of the log the rights of the file itself.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        created = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return  # It is there; or it cannot be, and SQLite says so in an error that callers expect.
    try:
        os.fchmod(created, 0o600)
    finally:
        os.close(created)


def _prepare_sqlite(connection: Any) -> None:
    # Autocommit at the driver: it must not open transactions of its own, since ours are
    # opened by the 'begin' event (a deferred one that turns into a write fails at once
    # when somebody else has written meanwhile, whatever the timeout says).
    connection.isolation_level = None
    cursor = connection.cursor()
    # The driver's own timeout is 5 s for each statement. Each transaction sets what it will wait.
    cursor.execute("PRAGMA busy_timeout = 0")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA trusted_schema = OFF")
    _use_write_ahead_log(cursor)
    cursor.close()


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch to the write-ahead log, which lasts with the file.

    While others hold the file it is tried again for a second, and then left: who made
    the file has switched, or the next connection will; and a transaction can wait longer.
    """
    give_up_at = time.monotonic() + WAL_SWITCH_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            # With the log, a loss of power costs at most the last writes. Without it, it stays FULL.
            cursor.execute("PRAGMA synchronous = NORMAL")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            if time.monotonic() >= give_up_at:
                return
            time.sleep(0.02)


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

    @property
    def file(self) -> Path | None:
        """Where SQLite keeps it; None for one in memory, and for PostgreSQL. Opens and creates nothing."""
        name = self.engine.url.database or ""
        if self.dialect_name != "sqlite" or name in {"", ":memory:"}:
            return None
        return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short read: one snapshot, rolled back at the end, so nothing can be written by it.

        On SQLite it waits READ_TIMEOUT_S for a file that somebody else has locked.
        """
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
        """A write transaction without a session, for migrations: one process at a time.

        On SQLite a table is changed by making it anew, and to drop the old one must not empty those that point to
        it: foreign keys are looked at once, before the end. Raises IntegrityError where a row points to nothing.
        """
        with self._waiting(wait_s).connect() as connection:
            if self.dialect_name == "postgresql":
                with connection.begin():
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
                    yield connection
                return
            # At the driver, since it counts only outside of a transaction.
            driver = connection.connection.cursor()
            driver.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        raise IntegrityError(
                            None, None, ValueError(f"a row of {broken[0]} points to nothing")
                        )
            finally:
                driver.execute("PRAGMA foreign_keys = ON")
                driver.close()

    def _waiting(self, wait_s: float | None) -> Engine:
        if wait_s is None:
            return self._writer
        return self._writer.execution_options(**{WAIT_OPTION: wait_s})

    def dispose(self, *, close: bool = True) -> None:
        """Let go of all connections. close=False after a fork: they are still the parent's."""
        self.engine.dispose(close=close)
        if self._read_engine is not self.engine:
            self._read_engine.dispose(close=close)
