"""The log of acts is added to, and nothing else: whatever statement is tried at the database itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.db import Database
from directory.migrations.upgrade import downgrade, upgrade
from directory.models.audit import AuditEntry
from directory.reference.hours import now_utc
from tests.accounts import make_account

ROW = "(1, '2026-01-01', NULL, 'manager', 'nothing', 'account', 1, '{}')"
COLUMNS = "(id, at, account_id, role, act, about, about_id, details)"
ON_EITHER = (
    "DELETE FROM audit",
    "UPDATE audit SET about_id = NULL",  # While the person is known.
    "UPDATE audit SET about_id = 7, account_id = NULL",
    "UPDATE audit SET details = '{}', account_id = NULL, about_id = NULL",
    "UPDATE audit SET act = 'nothing', account_id = NULL",
    f"INSERT INTO audit {COLUMNS} VALUES {ROW} ON CONFLICT (id) DO UPDATE SET act = 'nothing'",  # noqa: S608  # words of this file
)
ON_ONE = {
    "sqlite": (
        f"INSERT OR REPLACE INTO audit {COLUMNS} VALUES {ROW}",  # noqa: S608  # words of this file
        f"REPLACE INTO audit {COLUMNS} VALUES {ROW}",  # noqa: S608  # words of this file
        "UPDATE OR REPLACE audit SET id = 1 WHERE id = 2",
    ),
    "postgresql": ("TRUNCATE audit", "TRUNCATE account CASCADE"),
}


def _write(database: Database) -> None:
    account = make_account(database)
    with database.transaction() as session:
        for act in ("change title", "set areas"):
            record(
                session, Actor(account, "manager"), act, "account", account, now=now_utc(), areas="E06000031"
            )


def _rows(database: Database) -> list[object]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(select(AuditEntry.__table__).order_by(AuditEntry.id))]


def test_no_statement_takes_away_or_writes_over_what_was_done(either_database: Database) -> None:
    _write(either_database)
    before = _rows(either_database)
    for statement in (*ON_EITHER, *ON_ONE[either_database.dialect_name]):
        with pytest.raises(SQLAlchemyError), either_database.transaction() as session:
            session.execute(text(statement))
        assert _rows(either_database) == before, statement


def test_it_can_still_be_added_to_by_number_as_a_restored_copy_is(either_database: Database) -> None:
    with either_database.transaction() as session:
        session.execute(text(f"INSERT INTO audit {COLUMNS} VALUES {ROW}"))  # noqa: S608  # words of this file
    assert len(_rows(either_database)) == 1


def test_the_guard_of_before_is_there_again_where_the_migration_is_taken_back(
    either_database: Database,
) -> None:
    _write(either_database)
    downgrade(either_database, "009")
    for statement in ON_EITHER[:3]:
        with pytest.raises(SQLAlchemyError), either_database.transaction() as session:
            session.execute(text(statement))
    upgrade(either_database)
    with pytest.raises(SQLAlchemyError), either_database.transaction() as session:
        session.execute(text(ON_ONE[either_database.dialect_name][0]))
