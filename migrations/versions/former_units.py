"""units that have become part of another.

Revision: former_units, after unit_claims, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "former_units"
down_revision = "unit_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "former_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("tax_code", sa.String(length=14), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_former_unit_producer_id_producer")),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_former_unit_locality_id_locality")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_former_unit_district_id_district")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["user.id"], name=op.f("fk_former_unit_merged_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_unit")),
        sa.UniqueConstraint("slug", name=op.f("uq_former_unit_slug")),
    )
    op.create_index(op.f("ix_former_unit_producer_id"), "former_unit", ["producer_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("former_unit")
