"""Alembic's way in. directory.migrations.upgrade hands it an open transaction; it opens none itself."""

from __future__ import annotations

from alembic import context

from directory.models.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    # The caller's transaction holds all migrations of one run: all of them or none.
    transactional_ddl=False,
)
context.run_migrations()
