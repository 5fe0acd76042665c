"""What used to have no end: mails, accounts that nobody uses, and a new address that its mailbox must confirm.

And numbers of accounts and memberships are given once, ever: SQLite gave those of erased people to the next.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "008"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("idle_told_at", sa.DateTime(timezone=True), nullable=True))
    # When an account was used last is not known for long before today: its time begins now.
    account = sa.table("account", sa.column("used_at", sa.DateTime(timezone=True)))
    op.execute(account.update().values(used_at=datetime.now(UTC)))
    op.create_table(
        "mailbox_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_mailbox_link_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["manage_request.id"], name=op.f("fk_mailbox_link_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mailbox_link_token_hash")),
    )
    op.create_index(op.f("ix_mailbox_link_account_id"), "mailbox_link", ["account_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for name in ("account", "membership"):
            _count_up_for_ever(name)


def _count_up_for_ever(name: str) -> None:
    """Make the table anew as it is, with AUTOINCREMENT. PostgreSQL's sequences never go back by themselves."""
    connection = op.get_bind()
    written = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :name AND sql IS NOT NULL")
    found = connection.execute(written, {"name": name}).all()
    (table,) = (sql for kind, sql in found if kind == "table")
    if "AUTOINCREMENT" in table:
        return  # As a migration that was taken back has left it.
    key = rf"CONSTRAINT pk_{name} PRIMARY KEY"
    new, keys = re.subn(rf",\s*{key} \(id\)", "", table)
    new, columns = re.subn(r"\bid INTEGER NOT NULL", f"id INTEGER NOT NULL {key} AUTOINCREMENT", new, count=1)
    new, names = re.subn(rf'^CREATE TABLE "?{name}"?', f"CREATE TABLE {name}_new", new)
    if (keys, columns, names) != (1, 1, 1):
        raise RuntimeError(f"the table {name} is not as these migrations made it")
    connection.exec_driver_sql(new)
    connection.exec_driver_sql(f"INSERT INTO {name}_new SELECT * FROM {name}")  # noqa: S608  # a name of ours
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {name}_new RENAME TO {name}")
    for kind, sql in found:
        if kind != "table":
            connection.exec_driver_sql(sql)
    # The numbers of those who were erased before today stand in the log of acts alone.
    connection.exec_driver_sql(f"DELETE FROM sqlite_sequence WHERE name = '{name}'")  # noqa: S608  # the same
    connection.exec_driver_sql(
        f"INSERT INTO sqlite_sequence (name, seq) SELECT '{name}', coalesce(max(id), 0) FROM"  # noqa: S608  # the same
        f" (SELECT id FROM {name} UNION SELECT about_id FROM audit WHERE about = '{name}')"
    )


def downgrade() -> None:
    # Counting up for ever stays: version 008 does not mind.
    op.drop_index(op.f("ix_mailbox_link_account_id"), table_name="mailbox_link")
    op.drop_table("mailbox_link")
    op.drop_column("account", "idle_told_at")
    op.drop_column("account", "used_at")
    op.drop_column("outbox", "ends_at")
