"""Proposed changes, what listings were, holds, corrections, replies, and the log of acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"


_SAME = "NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.role = OLD.role AND NEW.act = OLD.act AND NEW.about = OLD.about"
# Nobody changes or deletes what was done: of a row of `audit` only the person may be lost.
_GUARDS = {
    "sqlite": (
        f"""CREATE TRIGGER audit_keeps_the_act BEFORE UPDATE ON audit
        WHEN NOT ({_SAME} AND NEW.about_id IS OLD.about_id AND NEW.details = OLD.details
            AND (NEW.account_id IS NULL OR NEW.account_id IS OLD.account_id))
        BEGIN SELECT RAISE(ABORT, 'what was done stays as it was written'); END""",
        """CREATE TRIGGER audit_keeps_the_row BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'what was done is not deleted'); END""",
    ),
    "postgresql": (
        f"""CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND {_SAME} AND NEW.about_id IS NOT DISTINCT FROM OLD.about_id
                AND NEW.details::text = OLD.details::text
                AND (NEW.account_id IS NULL OR NEW.account_id IS NOT DISTINCT FROM OLD.account_id)
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'what was done stays as it was written';
        END $$""",
        """CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_is_kept()""",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audit_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_account_id"), "audit", ["account_id"], unique=False)
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("words_hash", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "about IN ('telephone','website','address','closed','who it is for','waiting','other')",
            name=op.f("ck_correction_about"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_correction_closed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_correction_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_service_id"), "correction", ["service_id"], unique=False)
    op.create_index(op.f("ix_correction_words_hash"), "correction", ["words_hash"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("is_everywhere", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_words", sa.Text(), nullable=False),
        sa.CheckConstraint("(what = 'listing') = (value = '')", name=op.f("ck_hold_value")),
        sa.CheckConstraint("what IN ('listing','route','website','place')", name=op.f("ck_hold_what")),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["account.id"], name=op.f("fk_hold_lifted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["account.id"], name=op.f("fk_hold_placed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_hold_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_service_id"), "hold", ["service_id"], unique=False)
    op.create_table(
        "proposed_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_role", sa.Text(), nullable=False),
        sa.Column("decided_words", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('edit','new','restore')", name=op.f("ck_proposed_change_kind")),
        sa.CheckConstraint(
            "source IN ('form','spreadsheet','confirm link','moderator','correction')",
            name=op.f("ck_proposed_change_source"),
        ),
        sa.CheckConstraint(
            "state IN ('draft','waiting','sent back','approved','published','refused','withdrawn')",
            name=op.f("ck_proposed_change_state"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_proposed_change_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["account.id"], name=op.f("fk_proposed_change_edited_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_proposed_change_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_proposed_change_proposed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_proposed_change_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_change")),
    )
    op.create_index(
        op.f("ix_proposed_change_organisation_id"), "proposed_change", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_proposed_change_service_id"), "proposed_change", ["service_id"], unique=False)
    op.create_index(op.f("ix_proposed_change_state"), "proposed_change", ["state"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reply_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_reply_service_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_reply_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_service_id"), "reply", ["service_id"], unique=False)
    op.create_index(op.f("ix_reply_statement_id"), "reply", ["statement_id"], unique=False)
    op.create_table(
        "channel_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("held_value", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["proposed_change.id"], name=op.f("fk_channel_check_change_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_channel_check_checked_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_check")),
    )
    op.create_index(op.f("ix_channel_check_change_id"), "channel_check", ["change_id"], unique=False)
    op.create_table(
        "listing_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["proposed_change.id"], name=op.f("fk_listing_past_change_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_listing_past_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_past")),
    )
    op.create_index(op.f("ix_listing_past_service_id"), "listing_past", ["service_id"], unique=False)
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_listing_past_service_id"), table_name="listing_past")
    op.drop_table("listing_past")
    op.drop_index(op.f("ix_channel_check_change_id"), table_name="channel_check")
    op.drop_table("channel_check")
    op.drop_index(op.f("ix_reply_statement_id"), table_name="reply")
    op.drop_index(op.f("ix_reply_service_id"), table_name="reply")
    op.drop_table("reply")
    op.drop_index(op.f("ix_proposed_change_state"), table_name="proposed_change")
    op.drop_index(op.f("ix_proposed_change_service_id"), table_name="proposed_change")
    op.drop_index(op.f("ix_proposed_change_organisation_id"), table_name="proposed_change")
    op.drop_table("proposed_change")
    op.drop_index(op.f("ix_hold_service_id"), table_name="hold")
    op.drop_table("hold")
    op.drop_index(op.f("ix_correction_words_hash"), table_name="correction")
    op.drop_index(op.f("ix_correction_service_id"), table_name="correction")
    op.drop_table("correction")
    op.drop_index(op.f("ix_audit_at"), table_name="audit")
    op.drop_index(op.f("ix_audit_account_id"), table_name="audit")
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_kept()")
