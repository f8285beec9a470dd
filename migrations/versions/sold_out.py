"""sold out.

Revision: sold_out, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sold_out"
down_revision = "set_up_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sold_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_product_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_product_id"],
            ["application_product.id"],
            name=op.f("fk_sold_out_application_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sold_out")),
        sa.UniqueConstraint("application_product_id", "day", name=op.f("uq_sold_out_application_product_id_day")),
    )
    op.create_index(op.f("ix_sold_out_day"), "sold_out", ["day"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_sold_out_day"), "sold_out")
    op.drop_table("sold_out")
