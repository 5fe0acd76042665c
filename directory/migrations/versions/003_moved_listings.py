"""Old numbers of listings that lead on to the listing they are part of now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"


def upgrade() -> None:
    op.create_table(
        "moved_listing",
        sa.Column("old_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.CheckConstraint("old_id <> service_id", name=op.f("ck_moved_listing_elsewhere")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_moved_listing_reasoned")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_moved_listing_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_moved_listing")),
    )
    op.create_index(op.f("ix_moved_listing_service_id"), "moved_listing", ["service_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_moved_listing_service_id"), table_name="moved_listing")
    op.drop_table("moved_listing")
