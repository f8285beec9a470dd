"""calls.

Revision: calls, after audit_trail_whole, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "calls"
down_revision = "audit_trail_whole"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Columns are added in words of their own: rebuilding a table on SQLite would break what points to its rows.
    op.create_table(
        "call_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("soft_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_by_invitation", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("least_stars", sa.Integer(), nullable=True),
        sa.Column("needs_certificate", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.CheckConstraint("origin in ('anywhere', 'inside', 'outside')", name=op.f("ck_call_terms_origin")),
        sa.CheckConstraint("least_stars between 1 and 5", name=op.f("ck_call_terms_least_stars")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_call_terms_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_terms")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_call_terms_fair_id")),
    )
    op.create_table(
        "invitation_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("given_to", sa.String(length=200), nullable=False),
        sa.Column("uses_allowed", sa.Integer(), nullable=False),
        sa.Column("uses_taken", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("uses_allowed between 1 and 1000", name=op.f("ck_invitation_code_uses_allowed")),
        sa.CheckConstraint("uses_taken between 0 and uses_allowed", name=op.f("ck_invitation_code_uses_taken")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_invitation_code_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_code")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_invitation_code_fair_id_code")),
    )
    op.create_table(
        "invitation_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["invitation_code.id"], name=op.f("fk_invitation_use_code_id")),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_invitation_use_producer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_use")),
        sa.UniqueConstraint("code_id", "producer_id", name=op.f("uq_invitation_use_code_id_producer_id")),
    )
    op.create_index("ix_invitation_use_producer_id", "invitation_use", ["producer_id"])
    op.create_table(
        "zone_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soft_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_zone_call_in_order")),
        sa.CheckConstraint("closes_at > soft_closes_at", name=op.f("ck_zone_call_soft_before_hard")),
        sa.CheckConstraint("soft_closes_at > opens_at", name=op.f("ck_zone_call_soft_after_opening")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_call_zone_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_call")),
        sa.UniqueConstraint("zone_id", name=op.f("uq_zone_call_zone_id")),
    )
    op.execute(
        "ALTER TABLE booth_application ADD COLUMN booth_type_id INTEGER "
        "CONSTRAINT fk_booth_application_booth_type_id REFERENCES booth_type (id)"
    )
    op.execute(
        "ALTER TABLE booth_application ADD COLUMN invitation_id INTEGER "
        "CONSTRAINT fk_booth_application_invitation_id REFERENCES invitation_code (id)"
    )
    op.create_index("ix_booth_application_booth_type_id", "booth_application", ["booth_type_id"])
    op.create_index("ix_booth_application_invitation_id", "booth_application", ["invitation_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_booth_application_invitation_id", "booth_application")
    op.drop_index("ix_booth_application_booth_type_id", "booth_application")
    op.execute("ALTER TABLE booth_application DROP COLUMN invitation_id")
    op.execute("ALTER TABLE booth_application DROP COLUMN booth_type_id")
    op.drop_table("zone_call")
    op.drop_index("ix_invitation_use_producer_id", "invitation_use")
    op.drop_table("invitation_use")
    op.drop_table("invitation_code")
    op.drop_table("call_terms")
