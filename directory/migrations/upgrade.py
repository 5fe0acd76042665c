"""Bring a database's tables up to date, from inside a program."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from directory.db import Database

HERE = Path(__file__).resolve().parent


def upgrade(database: Database, revision: str = "head") -> tuple[str | None, str | None]:
    """Run the migrations that are missing, all in one transaction. Returns the version (before, after).

    Safe when several processes do it at once: the second waits and finds nothing to do.
    Safe when interrupted: a migration that has not ended has changed nothing.
    """
    with database.migrating() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        if revision == "head" and before == head():
            return before, before
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        return before, MigrationContext.configure(connection).get_current_revision()


def downgrade(database: Database, revision: str) -> None:
    """Take migrations back, down to a version ('base': all of them). What the tables held is lost."""
    with database.migrating() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def head() -> str | None:
    """The newest version there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    # Three digits in front, so that files stand in the order in which they run.
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
