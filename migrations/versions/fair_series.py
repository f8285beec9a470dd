"""fair series.

Revision: fair_series, after invitations, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fair_series"
down_revision = "invitations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fair_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_fair_series_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_series")),
        sa.UniqueConstraint("organisation_id", "name_vi", name=op.f("uq_fair_series_organisation_id_name_vi")),
    )
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_fair_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_fair_series_id"), "fair_series", ["series_id"], ["id"])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_fair_series_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_fair_series_id"))
        batch_op.drop_column("series_id")

    op.drop_table("fair_series")
