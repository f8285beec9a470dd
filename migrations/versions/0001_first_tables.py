"""first tables.

Revision: 0001, after , 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("thing_kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=True),
        sa.Column("fair_id", sa.Integer(), nullable=True),
        sa.Column("old", sa.JSON(), nullable=True),
        sa.Column("new", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_what"), ["what"], unique=False)

    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("name", name=op.f("uq_district_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_district_slug")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind in ('organiser', 'producer')", name=op.f("ck_organisation_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "outbox_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=120), nullable=True),
        sa.Column("fair_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letter")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_letter_dedupe_key")),
    )
    with op.batch_alter_table("outbox_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_letter_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letter_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letter_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letter_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "product_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_group")),
        sa.UniqueConstraint("key", name=op.f("uq_product_group_key")),
    )
    op.create_table(
        "public_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_public_revision_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_revision")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email_key", name=op.f("uq_user_email_key")),
    )
    op.create_table(
        "administrative_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("name_vi", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_administrative_name_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrative_name")),
    )
    op.create_table(
        "fair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("call_state", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("summary_vi", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("host_event", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date_state", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("call_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint("(date_state = 'unknown') = (first_day is null)", name=op.f("ck_fair_unknown_has_no_day")),
        sa.CheckConstraint("(first_day is null) = (last_day is null)", name=op.f("ck_fair_both_days")),
        sa.CheckConstraint("call_closes_at > call_opens_at", name=op.f("ck_fair_call_in_order")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_fair_hours_in_order")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_fair_days_in_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_fair_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair")),
        sa.UniqueConstraint("slug", name=op.f("uq_fair_slug")),
    )
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_fair_state_first_day", ["state", "first_day"], unique=False)

    op.create_table(
        "locality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_vi", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("former_communes", sa.Text(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_locality_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality")),
        sa.UniqueConstraint("code", name=op.f("uq_locality_code")),
    )
    with op.batch_alter_table("locality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locality_district_id"), ["district_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq_membership_user_id_organisation_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "signed_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_signed_in_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_session_token_hash")),
    )
    with op.batch_alter_table("signed_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "single_use_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("new_email", sa.String(length=320), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_single_use_link_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_single_use_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_single_use_link_token_hash")),
    )
    with op.batch_alter_table("single_use_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_single_use_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "calendar_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("schedule_hash", sa.String(length=64), nullable=False),
        sa.Column("fragment_vi", sa.Text(), nullable=False),
        sa.Column("fragment_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_calendar_entry_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_entry_uid")),
    )
    with op.batch_alter_table("calendar_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_entry_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index("ix_calendar_entry_kind_last_day", ["kind", "is_dropped", "last_day"], unique=False)

    op.create_table(
        "closed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_closed_day_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("fair_id", "day", name=op.f("uq_closed_day_fair_id_day")),
    )
    op.create_table(
        "fair_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("qualifier_vi", sa.String(length=20), nullable=False),
        sa.Column("qualifier_en", sa.String(length=20), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_figure_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_figure")),
    )
    with op.batch_alter_table("fair_figure", schema=None) as batch_op:
        batch_op.create_index("ix_fair_figure_fair", ["fair_id"], unique=False)

    op.create_table(
        "producer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("tax_code", sa.String(length=14), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("place_outside", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("contact_person", sa.String(length=120), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("phone_is_public", sa.Boolean(), nullable=False),
        sa.Column("email_is_public", sa.Boolean(), nullable=False),
        sa.Column("story_vi", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_producer_district_id")),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_producer_locality_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_producer_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_producer")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_producer_organisation_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_producer_slug")),
    )
    with op.batch_alter_table("producer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_producer_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_locality_id"), ["locality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_venue_locality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_locality_id"), ["locality_id"], unique=False)

    op.create_table(
        "booth_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("pending_decision", sa.String(length=10), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("booths_wanted", sa.Integer(), nullable=False),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("fascia_name", sa.String(length=80), nullable=False),
        sa.Column("needs_power", sa.Boolean(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rules_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes_asked", sa.Text(), nullable=False),
        sa.Column("changes_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('accepted', 'cancelled', 'confirmed', 'declined', 'draft', 'expired', 'in_review', 'needs_changes', 'rejected', 'submitted', 'waitlisted', 'withdrawn')",
            name=op.f("ck_booth_application_state"),
        ),
        sa.CheckConstraint("booths_wanted between 1 and 3", name=op.f("ck_booth_application_booths_wanted")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_booth_application_fair_id")),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_booth_application_producer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_application")),
        sa.UniqueConstraint("code", name=op.f("uq_booth_application_code")),
    )
    with op.batch_alter_table("booth_application", schema=None) as batch_op:
        batch_op.create_index("ix_booth_application_fair_state", ["fair_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_application_producer_id"), ["producer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_application_submitted_at"), ["submitted_at"], unique=False)
        batch_op.create_index(
            "uq_booth_application_live",
            ["fair_id", "producer_id"],
            unique=True,
            sqlite_where=sa.text("state not in ('cancelled', 'declined', 'expired', 'rejected', 'withdrawn')"),
            postgresql_where=sa.text("state not in ('cancelled', 'declined', 'expired', 'rejected', 'withdrawn')"),
        )

    op.create_table(
        "fair_venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_venue_fair_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_fair_venue_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_venue")),
        sa.UniqueConstraint("fair_id", "venue_id", name=op.f("uq_fair_venue_fair_id_venue_id")),
    )
    with op.batch_alter_table("fair_venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_venue_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("certificate_number", sa.String(length=80), nullable=False),
        sa.Column("certificate_issuer", sa.String(length=160), nullable=False),
        sa.Column("certificate_issued_on", sa.Date(), nullable=True),
        sa.Column("certificate_expires_on", sa.Date(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("pack", sa.String(length=80), nullable=False),
        sa.Column("is_alcohol", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint("certificate_expires_on > certificate_issued_on", name=op.f("ck_product_certificate_days")),
        sa.CheckConstraint("stars between 1 and 5", name=op.f("ck_product_stars")),
        sa.ForeignKeyConstraint(["group_id"], ["product_group.id"], name=op.f("fk_product_group_id")),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_product_producer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_producer_id"), ["producer_id"], unique=False)

    op.create_table(
        "application_product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_application_product_application_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_application_product_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_product")),
        sa.UniqueConstraint(
            "application_id", "product_id", name=op.f("uq_application_product_application_id_product_id")
        ),
    )
    with op.batch_alter_table("application_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_product_product_id"), ["product_id"], unique=False)

    op.create_table(
        "floor_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("fair_venue_id", sa.Integer(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("depth_cm", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("width_cm > 0 and depth_cm > 0", name=op.f("ck_floor_plan_has_ground")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_floor_plan_fair_id")),
        sa.ForeignKeyConstraint(["fair_venue_id"], ["fair_venue.id"], name=op.f("fk_floor_plan_fair_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_plan")),
        sa.UniqueConstraint("fair_venue_id", name=op.f("uq_floor_plan_fair_venue_id")),
    )
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_floor_plan_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["floor_plan.id"], name=op.f("fk_zone_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_zone_plan_id_code")),
    )
    op.create_table(
        "booth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("x_cm", sa.Integer(), nullable=False),
        sa.Column("y_cm", sa.Integer(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("depth_cm", sa.Integer(), nullable=False),
        sa.Column("switch", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("switch != 'blocked' or reason != ''", name=op.f("ck_booth_blocked_has_reason")),
        sa.CheckConstraint("switch in ('open', 'blocked', 'removed')", name=op.f("ck_booth_switch")),
        sa.CheckConstraint("width_cm > 0 and depth_cm > 0", name=op.f("ck_booth_has_area")),
        sa.ForeignKeyConstraint(["plan_id"], ["floor_plan.id"], name=op.f("fk_booth_plan_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_booth_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_booth_plan_id_code")),
    )
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "zone_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["booth_application.id"], name=op.f("fk_zone_wish_application_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_wish_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_wish")),
        sa.UniqueConstraint("application_id", "rank", name=op.f("uq_zone_wish_application_id_rank")),
        sa.UniqueConstraint("application_id", "zone_id", name=op.f("uq_zone_wish_application_id_zone_id")),
    )
    with op.batch_alter_table("zone_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_wish_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "booth_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("share_position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('proposed', 'published', 'confirmed', 'occupied', 'released')",
            name=op.f("ck_booth_assignment_state"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_booth_assignment_application_id")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_booth_assignment_booth_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_assignment")),
    )
    with op.batch_alter_table("booth_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_assignment_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_assignment_booth_id"), ["booth_id"], unique=False)
        batch_op.create_index(
            "uq_booth_assignment_holder",
            ["booth_id", "share_position"],
            unique=True,
            sqlite_where=sa.text("state != 'released'"),
            postgresql_where=sa.text("state != 'released'"),
        )

    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
    else:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("booth_assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booth_assignment_holder",
            sqlite_where=sa.text("state != 'released'"),
            postgresql_where=sa.text("state != 'released'"),
        )
        batch_op.drop_index(batch_op.f("ix_booth_assignment_booth_id"))
        batch_op.drop_index(batch_op.f("ix_booth_assignment_application_id"))

    op.drop_table("booth_assignment")
    with op.batch_alter_table("zone_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_wish_zone_id"))

    op.drop_table("zone_wish")
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_zone_id"))

    op.drop_table("booth")
    op.drop_table("zone")
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_floor_plan_fair_id"))

    op.drop_table("floor_plan")
    with op.batch_alter_table("application_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_product_product_id"))

    op.drop_table("application_product")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_producer_id"))
        batch_op.drop_index(batch_op.f("ix_product_group_id"))

    op.drop_table("product")
    with op.batch_alter_table("fair_venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fair_venue_venue_id"))

    op.drop_table("fair_venue")
    with op.batch_alter_table("booth_application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booth_application_live",
            sqlite_where=sa.text("state not in ('cancelled', 'declined', 'expired', 'rejected', 'withdrawn')"),
            postgresql_where=sa.text("state not in ('cancelled', 'declined', 'expired', 'rejected', 'withdrawn')"),
        )
        batch_op.drop_index(batch_op.f("ix_booth_application_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_booth_application_producer_id"))
        batch_op.drop_index("ix_booth_application_fair_state")

    op.drop_table("booth_application")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_locality_id"))

    op.drop_table("venue")
    with op.batch_alter_table("producer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_sort_key"))
        batch_op.drop_index(batch_op.f("ix_producer_locality_id"))
        batch_op.drop_index(batch_op.f("ix_producer_district_id"))

    op.drop_table("producer")
    with op.batch_alter_table("fair_figure", schema=None) as batch_op:
        batch_op.drop_index("ix_fair_figure_fair")

    op.drop_table("fair_figure")
    op.drop_table("closed_day")
    with op.batch_alter_table("calendar_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_calendar_entry_kind_last_day")
        batch_op.drop_index(batch_op.f("ix_calendar_entry_fair_id"))

    op.drop_table("calendar_entry")
    with op.batch_alter_table("single_use_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_single_use_link_user_id"))

    op.drop_table("single_use_link")
    with op.batch_alter_table("signed_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_in_session_user_id"))

    op.drop_table("signed_in_session")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_user_id"))
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    with op.batch_alter_table("locality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locality_district_id"))

    op.drop_table("locality")
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.drop_index("ix_fair_state_first_day")
        batch_op.drop_index(batch_op.f("ix_fair_organisation_id"))

    op.drop_table("fair")
    op.drop_table("administrative_name")
    op.drop_table("user")
    op.drop_table("public_revision")
    op.drop_table("product_group")
    with op.batch_alter_table("outbox_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_letter_sent_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_letter_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_letter_fair_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_letter_application_id"))

    op.drop_table("outbox_letter")
    op.drop_table("organisation")
    op.drop_table("district")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_what"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_fair_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))

    op.drop_table("audit_entry")
