"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from directory.actions.actor import THE_SITE
from directory.actions.audit import record
from directory.db import Database
from directory.migrations.upgrade import HERE, downgrade, head, upgrade
from directory.models.account import Account, account_role
from directory.models.membership import Membership
from directory.models.tables import METADATA
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation


def test_tables_at_the_newest_version_are_those_of_the_models(either_database: Database) -> None:
    with either_database.migrating() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_checks_and_keys_have_the_names_of_the_models(either_database: Database) -> None:
    found = inspect(either_database.engine)
    for name, table in METADATA.tables.items():
        in_models = {
            c.name for c in table.constraints if c.__visit_name__ == "table_or_column_check_constraint"
        }
        in_models |= {c.name for c in table.constraints if c.__visit_name__ == "check_constraint"}
        assert {check["name"] for check in found.get_check_constraints(name)} == in_models, name


def test_every_table_can_be_taken_back_and_made_again(either_database: Database) -> None:
    downgrade(either_database, "base")
    assert set(inspect(either_database.engine).get_table_names()) <= {"alembic_version"}
    assert upgrade(either_database) == (None, head())


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    assert upgrade(database) == (head(), head())


def test_a_new_database_has_the_one_version_row(either_database: Database) -> None:
    with either_database.reading() as session:
        assert session.execute(text("SELECT id, version FROM listings_version")).all() == [(1, 0)]


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:3] for path in (HERE / "versions").glob("[0-9]*.py"))
    assert numbers == [f"{number:03}" for number in range(1, len(numbers) + 1)]


def _upgrade(url: str, start: object, results: object) -> None:
    start.wait()  # type: ignore[attr-defined]  # a Barrier of another process
    results.put(upgrade(Database(url)))  # type: ignore[attr-defined]  # a Queue of another process


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_four_processes_may_upgrade_at_once(on: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite" if on == "sqlite" else request.getfixturevalue("postgres_url")
    spawn = multiprocessing.get_context("spawn")
    start, results = spawn.Barrier(4), spawn.Queue()
    workers = [spawn.Process(target=_upgrade, args=(url, start, results)) for _ in range(4)]
    for worker in workers:
        worker.start()
    done = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(timeout=60)
        assert worker.exitcode == 0
    assert sorted(done, key=str) == sorted([(None, head())] + [(head(), head())] * 3, key=str)


def test_an_account_from_before_its_use_was_known_begins_its_time_now(either_database: Database) -> None:
    number = make_account(either_database)
    before = now_utc()
    downgrade(either_database, "008")
    upgrade(either_database)
    with either_database.reading() as session:
        account = session.get_one(Account, number)
        assert account.used_at is not None and account.used_at >= before
        assert account.idle_told_at is None


def test_the_number_of_an_erased_person_is_never_given_again(either_database: Database) -> None:
    organisation = make_organisation(either_database)
    first = make_account(either_database, editor_of=[organisation])
    with either_database.transaction() as session:
        membership = session.scalars(select(Membership.id)).one()
        session.delete(session.get_one(Account, first))
    second = make_account(either_database, editor_of=[organisation])
    with either_database.reading() as session:
        assert second > first and session.scalars(select(Membership.id)).one() > membership


def test_making_a_table_anew_keeps_what_hangs_on_it(either_database: Database) -> None:
    downgrade(either_database, "base")
    upgrade(either_database, "008")
    organisation = make_organisation(either_database)
    account = (
        "INSERT INTO account (id, email, title, active, made_at, fs_uniquifier)"
        " VALUES (2, 'a@example.org', 'manager', true, '2026-01-01', 'x')"
    )
    with either_database.transaction() as session:
        session.execute(text(account))
        session.execute(text("INSERT INTO account_role VALUES (2, 1)"))
        session.add(Membership(account_id=2, organisation_id=organisation, kind="owner", began_at=now_utc()))
        # Account 7 was the last one, and has been erased.
        record(session, THE_SITE, "erase account", "account", 7, now=now_utc())
    upgrade(either_database)
    with either_database.reading() as session:
        assert session.scalars(select(Membership.account_id)).one() == 2
        assert session.scalars(select(account_role.c.role_id)).all() == [1]
    if either_database.dialect_name == "sqlite":
        assert make_account(either_database) == 8
    with either_database.transaction() as session:
        session.delete(session.get_one(Account, 2))
    with either_database.reading() as session:
        # Foreign keys are looked at again: what hung on it is gone with it.
        assert session.scalars(select(Membership.id)).all() == []


def test_a_migration_that_leaves_a_row_pointing_to_nothing_changes_nothing(database: Database) -> None:
    number = make_account(database, owner_of=[make_organisation(database)])
    with pytest.raises(IntegrityError), database.migrating() as connection:
        connection.execute(text("DELETE FROM account"))
    with database.reading() as session:
        assert session.get(Account, number) is not None
