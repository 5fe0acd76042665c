"""The matrix: statements, named areas, and the number that says that they have changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"


def upgrade() -> None:
    version = op.create_table(
        "matrix_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_matrix_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_version")),
    )
    op.bulk_insert(version, [{"id": 1, "version": 0}])
    op.create_table(
        "named_area",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_named_area_days")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_named_area")),
    )
    op.create_table(
        "named_area_member",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"],
            ["named_area.code"],
            name=op.f("fk_named_area_member_area_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("area_code", "authority", name=op.f("pk_named_area_member")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("area_code", "support_type", "mode", "state", "body", "role")
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("what", "sector", "effective", "evidence")),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("mode IN ('in-person','remote','both')", name=op.f("ck_statement_mode")),
        sa.CheckConstraint(
            "state IN ('available','partly','not-available','not-known')", name=op.f("ck_statement_state")
        ),
        sa.CheckConstraint(
            "body IN ('commissioner','partnership','national')", name=op.f("ck_statement_body")
        ),
        sa.CheckConstraint("effective IN ('','yes','mixed','no')", name=op.f("ck_statement_effective")),
        sa.CheckConstraint("role <> ''", name=op.f("ck_statement_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_area_code"), "statement", ["area_code"])


def downgrade() -> None:
    for name in ("statement", "named_area_member", "named_area", "matrix_version"):
        op.drop_table(name)
