"""The first tables: organisations, services and all that hangs on a service.

The one row of listings_version is made here, so that every later write can simply add one to it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "listings_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_listings_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings_version")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("listing_reason", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("age_note", sa.Text(), nullable=False),
        sa.Column("coverage_names", sa.Text(), nullable=False),
        sa.Column("coverage_is_partial", sa.Boolean(), nullable=False),
        sa.Column("coverage_note", sa.Text(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("confidential_reason", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("referral_note", sa.Text(), nullable=False),
        sa.Column("free_to_person", sa.Boolean(), nullable=True),
        sa.Column("cost_note", sa.Text(), nullable=False),
        sa.Column("interpreters", sa.Boolean(), nullable=True),
        sa.Column("accepting_referrals", sa.Boolean(), nullable=True),
        sa.Column("waiting_list", sa.Text(), nullable=False),
        sa.Column("waiting_weeks", sa.Integer(), nullable=True),
        sa.Column("waiting_as_at", sa.Text(), nullable=False),
        sa.Column("waiting_note", sa.Text(), nullable=False),
        sa.Column("capacity_per_year", sa.Integer(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("advice_to_professionals", sa.Boolean(), nullable=True),
        sa.Column("can_stay_anonymous", sa.Boolean(), nullable=True),
        sa.Column("when_they_must_tell", sa.Text(), nullable=False),
        sa.Column("safe_contact", sa.Text(), nullable=False),
        sa.Column("before_you_call", sa.Text(), nullable=False),
        sa.Column("before_you_refer", sa.Text(), nullable=False),
        sa.Column("inclusion_decision", sa.Text(), nullable=False),
        sa.Column("inclusion_profile", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=False),
        sa.Column("source_date", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "inclusion_decision IN ('','included','pending','excluded')", name=op.f("ck_service_inclusion")
        ),
        sa.CheckConstraint("listing IN ('listed','needs checking')", name=op.f("ck_service_listing")),
        sa.CheckConstraint(
            "status IN ('active','inactive','defunct','temporarily closed')", name=op.f("ck_service_status")
        ),
        sa.CheckConstraint(
            "waiting_list IN ('','none','open','closed')", name=op.f("ck_service_waiting_list")
        ),
        sa.CheckConstraint("minimum_age >= 0 AND maximum_age >= minimum_age", name=op.f("ck_service_ages")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_organisation_id"), "service", ["organisation_id"], unique=False)
    op.create_table(
        "attribute",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("taxonomy", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_certain", sa.Boolean(), nullable=False),
        sa.CheckConstraint("taxonomy <> '' AND term <> ''", name=op.f("ck_attribute_named")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_attribute_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "taxonomy", "term", name=op.f("pk_attribute")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_confirmation_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_service_id"), "confirmation", ["service_id"], unique=False)
    op.create_table(
        "contact_route",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_contact_route_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "position", name=op.f("pk_contact_route")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_coverage_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "area_code", name=op.f("pk_coverage")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_record",
        sa.Column("service_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_import_record_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_import_record")),
    )
    op.create_table(
        "inclusion",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_date", sa.Text(), nullable=False),
        sa.CheckConstraint("answer IN ('yes','no','not known')", name=op.f("ck_inclusion_answer")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_inclusion_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "position", name=op.f("pk_inclusion")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("easting_m", sa.Integer(), nullable=True),
        sa.Column("northing_m", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "precision <> 'confidential' OR is_confidential", name=op.f("ck_location_confidential")
        ),
        sa.CheckConstraint(
            "precision IN ('exact','town','confidential')", name=op.f("ck_location_precision")
        ),
        sa.CheckConstraint(
            "NOT is_confidential OR (easting_m IS NULL AND northing_m IS NULL)",
            name=op.f("ck_location_hidden"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_location_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(op.f("ix_location_service_id"), "location", ["service_id"], unique=False)
    op.execute("INSERT INTO listings_version (id, version) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_index(op.f("ix_location_service_id"), table_name="location")
    op.drop_table("location")
    op.drop_table("inclusion")
    op.drop_table("import_record")
    op.drop_table("coverage")
    op.drop_table("contact_route")
    op.drop_index(op.f("ix_confirmation_service_id"), table_name="confirmation")
    op.drop_table("confirmation")
    op.drop_table("attribute")
    op.drop_index(op.f("ix_service_organisation_id"), table_name="service")
    op.drop_table("service")
    op.drop_table("organisation")
    op.drop_table("listings_version")
