"""Whether a database is sound after a process over it was killed."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, and_, exists, func, select, text

from directory.db import Database
from directory.models.tables import METADATA

SESSION_ENDS_S = 10.0
"""How long PostgreSQL may take to see that whoever had a session is dead, and to take back what was not committed."""

_OTHER_SESSIONS = """SELECT pid, state, query FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


def assert_sound(database: Database) -> None:
    """Nothing in it is spoilt, every reference leads somewhere, and nobody who is dead still holds a part of it."""
    if database.file is not None:
        _file_is_sound(database.file)
        return
    # Each question in a transaction of its own: within one, the server tells the same of its sessions for ever.
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _nobody_else_is_there(connection)
        assert (
            connection.scalars(text("SELECT conname FROM pg_constraint WHERE NOT convalidated")).all() == []
        )
        assert _lost_references(connection) == []
    database.dispose()


def _file_is_sound(path: Path) -> None:
    """Every page of the file is as SQLite wrote it."""
    with closing(sqlite3.connect(path)) as held:
        assert [row[0] for row in held.execute("PRAGMA integrity_check")] == ["ok"]
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []


def _nobody_else_is_there(connection: Connection) -> None:
    """A lock of PostgreSQL lives as long as its session: where there is no other session, there is no other lock."""
    until = time.monotonic() + SESSION_ENDS_S
    while others := connection.execute(text(_OTHER_SESSIONS)).all():
        assert time.monotonic() < until, f"sessions of a killed process live on: {others}"
        time.sleep(0.002)


def _lost_references(connection: Connection) -> list[str]:
    """The references of which some row leads nowhere."""
    lost = []
    for table in METADATA.sorted_tables:
        for reference in table.foreign_key_constraints:
            child, parent = table.alias(), reference.referred_table.alias()
            pairs = [(child.c[one.parent.name], parent.c[one.column.name]) for one in reference.elements]
            leads = exists().where(*(here == there for here, there in pairs))
            rows = select(func.count()).select_from(child)
            if connection.scalar(rows.where(and_(*(here.is_not(None) for here, _there in pairs)), ~leads)):
                lost.append(f"{table.name} ({', '.join(reference.column_keys)})")
    return lost
