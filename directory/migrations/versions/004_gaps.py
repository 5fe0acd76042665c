"""Gaps: the decisions about each, and until when the money of a service lasts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"


def upgrade() -> None:
    op.create_table(
        "funding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role <> ''", name=op.f("ck_funding_role")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_funding_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
    )
    op.create_index(op.f("ix_funding_service_id"), "funding", ["service_id"])
    op.create_table(
        "gap_status",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("gap_id", "area_code", "status", "reason", "role")
        ),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('open','accepted','disputed','planned','closed')", name=op.f("ck_gap_status_status")
        ),
        sa.CheckConstraint("role <> ''", name=op.f("ck_gap_status_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_status")),
    )
    for name in ("gap_id", "area_code"):
        op.create_index(op.f(f"ix_gap_status_{name}"), "gap_status", [name])


def downgrade() -> None:
    for name in ("gap_status", "funding"):
        op.drop_table(name)
