"""What used to have no end: mails, accounts that nobody uses, and a new address that its mailbox must confirm."""

from __future__ import annotations

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


def downgrade() -> None:
    op.drop_index(op.f("ix_mailbox_link_account_id"), table_name="mailbox_link")
    op.drop_table("mailbox_link")
    op.drop_column("account", "idle_told_at")
    op.drop_column("account", "used_at")
    op.drop_column("outbox", "ends_at")
