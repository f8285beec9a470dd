"""fair texts and rules.

Revision: fair_texts_and_rules, after fair_days_and_papers, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fair_texts_and_rules"
down_revision = "fair_days_and_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fair_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("note_vi", sa.String(length=300), nullable=False),
        sa.Column("note_en", sa.String(length=300), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.CheckConstraint("name_vi != ''", name=op.f("ck_fair_partner_named")),
        sa.CheckConstraint(
            "role != 'foreign_exhibitor' or country != ''", name=op.f("ck_fair_partner_foreign_has_country")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_partner_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_partner")),
    )
    with op.batch_alter_table("fair_partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_partner_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "fair_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_vi", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("body_vi != ''", name=op.f("ck_fair_rules_said")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_rules_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_rules")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_fair_rules_fair_id_number")),
    )
    with op.batch_alter_table("booth_application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_booth_application_rules_id"), "fair_rules", ["rules_id"], ["id"])

    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("description_vi", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("description_en", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("cover_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cover_alt_vi", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("cover_alt_en", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("has_sales", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("guest_country", sa.String(length=2), server_default="", nullable=False))
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_fair_cover_id"), ["cover_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_fair_cover_id"), "stored_file", ["cover_id"], ["id"])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_fair_cover_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_fair_cover_id"))
        batch_op.drop_column("archived_at")
        batch_op.drop_column("guest_country")
        batch_op.drop_column("has_sales")
        batch_op.drop_column("cover_alt_en")
        batch_op.drop_column("cover_alt_vi")
        batch_op.drop_column("cover_id")
        batch_op.drop_column("description_en")
        batch_op.drop_column("description_vi")

    with op.batch_alter_table("booth_application", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_booth_application_rules_id"), type_="foreignkey")
        batch_op.drop_column("rules_id")

    op.drop_table("fair_rules")
    with op.batch_alter_table("fair_partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fair_partner_fair_id"))

    op.drop_table("fair_partner")
