"""booth types.

Revision: booth_types, after stored_files, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "booth_types"
down_revision = "stored_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "booth_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=True),
        sa.Column("depth_cm", sa.Integer(), nullable=True),
        sa.Column("open_sides", sa.Integer(), nullable=False),
        sa.Column("kit_vi", sa.Text(), nullable=False),
        sa.Column("kit_en", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("support_percent", sa.Integer(), nullable=False),
        sa.Column("support_cap", sa.Integer(), nullable=True),
        sa.Column("most_supported", sa.Integer(), nullable=True),
        sa.Column("most_booths", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('standard', 'corner', 'raw_space', 'locality_block', 'common_display', 'food')",
            name=op.f("ck_booth_type_kind"),
        ),
        sa.CheckConstraint("(width_cm is null) = (depth_cm is null)", name=op.f("ck_booth_type_both_lengths")),
        sa.CheckConstraint("most_booths between 1 and 100", name=op.f("ck_booth_type_most_booths")),
        sa.CheckConstraint("most_supported >= 0", name=op.f("ck_booth_type_most_supported")),
        sa.CheckConstraint("open_sides between 0 and 4", name=op.f("ck_booth_type_open_sides")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_booth_type_price")),
        sa.CheckConstraint("support_cap >= 0", name=op.f("ck_booth_type_support_cap")),
        sa.CheckConstraint("support_percent between 0 and 100", name=op.f("ck_booth_type_support_percent")),
        sa.CheckConstraint("width_cm > 0 and depth_cm > 0", name=op.f("ck_booth_type_has_area")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_booth_type_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_type")),
        sa.UniqueConstraint("fair_id", "name_vi", name=op.f("uq_booth_type_fair_id_name_vi")),
    )
    # Written out: rebuilding the table, as batches do on SQLite, would break what points to its rows.
    op.execute(
        "ALTER TABLE booth ADD COLUMN booth_type_id INTEGER "
        "CONSTRAINT fk_booth_booth_type_id REFERENCES booth_type (id)"
    )
    op.create_index("ix_booth_booth_type_id", "booth", ["booth_type_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_booth_booth_type_id", "booth")
    op.execute("ALTER TABLE booth DROP COLUMN booth_type_id")
    op.drop_table("booth_type")
