"""The small site with one of everything, over PostgreSQL, which refuses texts and numbers that SQLite takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from directory.config import Settings
from tests.integration.security.roles import World, fill, site_over

AS_MADE = "roles_as_made"


@dataclass(frozen=True, slots=True)
class PostgresWorld(World):
    """As World; `anew()` makes its database again from a template. server: the address of another database there."""

    server: str = ""

    def anew(self) -> None:
        """Everything as it was made: what the last request wrote is gone."""
        self.app.extensions["database"].dispose()
        _run(
            self.server,
            "DROP DATABASE IF EXISTS roles WITH (FORCE)",
            f"CREATE DATABASE roles TEMPLATE {AS_MADE}",
        )
        self.forget_read()


@pytest.fixture(scope="module")
def postgres_world(settings: Settings, postgres_server: str) -> Iterator[PostgresWorld]:
    """The site over PostgreSQL."""
    drop = f"DROP DATABASE IF EXISTS {AS_MADE} WITH (FORCE)"
    _run(postgres_server, drop, "DROP DATABASE IF EXISTS roles WITH (FORCE)", "CREATE DATABASE roles")
    app = site_over(settings, postgres_server.replace("/postgres?", "/roles?"))
    cookies, records = fill(app)
    app.extensions["database"].dispose()
    _run(postgres_server, f"ALTER DATABASE roles RENAME TO {AS_MADE}")
    made = PostgresWorld(app, Path(), cookies, records, server=postgres_server)
    made.anew()
    yield made
    app.extensions["database"].dispose()
    _run(postgres_server, drop, "DROP DATABASE IF EXISTS roles WITH (FORCE)")


def _run(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
