"""The log of acts loses whose record it was, too; and no row of it can be written over or emptied away.

An act on somebody's own account named them by the record after it had lost them as the one who did it.
"""

from __future__ import annotations

from alembic import op

revision = "010"
down_revision = "009"

_SAME = "NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.role = OLD.role AND NEW.act = OLD.act AND NEW.about = OLD.about"
# Records that lead to one person. Their number goes together with whoever did it, never before.
_OF_PEOPLE = "OLD.about IN ('account', 'membership', 'invitation', 'request')"
_ABOUT_LOST = f"NEW.about_id IS NULL AND NEW.account_id IS NULL AND {_OF_PEOPLE}"

_BEFORE = {
    "sqlite": f"""CREATE TRIGGER audit_keeps_the_act BEFORE UPDATE ON audit
        WHEN NOT ({_SAME} AND NEW.about_id IS OLD.about_id AND NEW.details = OLD.details
            AND (NEW.account_id IS NULL OR NEW.account_id IS OLD.account_id))
        BEGIN SELECT RAISE(ABORT, 'what was done stays as it was written'); END""",
    "postgresql": f"""CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND {_SAME} AND NEW.about_id IS NOT DISTINCT FROM OLD.about_id
                AND NEW.details::text = OLD.details::text
                AND (NEW.account_id IS NULL OR NEW.account_id IS NOT DISTINCT FROM OLD.account_id)
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'what was done stays as it was written';
        END $$""",
}
# The details of these two are the number of a person's request or membership, and nothing else.
_DETAILS_LOST = "OLD.act IN ('change email', 'set contact') AND NEW.account_id IS NULL"
_NOW = {
    "sqlite": f"""CREATE TRIGGER audit_keeps_the_act BEFORE UPDATE ON audit
        WHEN NOT ({_SAME}
            AND (NEW.about_id IS OLD.about_id OR ({_ABOUT_LOST}))
            AND (NEW.details = OLD.details
                OR (NEW.details = '{{}}' AND {_DETAILS_LOST}))
            AND (NEW.account_id IS NULL OR NEW.account_id IS OLD.account_id))
        BEGIN SELECT RAISE(ABORT, 'what was done stays as it was written'); END""",
    "postgresql": f"""CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {_SAME}
                    AND (NEW.about_id IS NOT DISTINCT FROM OLD.about_id OR ({_ABOUT_LOST}))
                    AND (NEW.details::text = OLD.details::text
                        OR (NEW.details::text = '{{}}' AND {_DETAILS_LOST}))
                    AND (NEW.account_id IS NULL OR NEW.account_id IS NOT DISTINCT FROM OLD.account_id)
                THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION 'what was done stays as it was written';
        END $$""",
}
# SQLite deletes without asking a trigger where a row with the same number is put in its place.
_ONCE = """CREATE TRIGGER audit_is_written_once BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'what was done stays as it was written'); END"""
_NOT_EMPTIED = """CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_keeps_the_act")
        op.execute(_NOW["sqlite"])
        op.execute(_ONCE)
    else:
        op.execute(_NOW["postgresql"])
        op.execute(_NOT_EMPTIED)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_is_written_once")
        op.execute("DROP TRIGGER audit_keeps_the_act")
        op.execute(_BEFORE["sqlite"])
    else:
        op.execute("DROP TRIGGER audit_is_not_emptied ON audit")
        op.execute(_BEFORE["postgresql"])
