"""plan background: a picture below the drawing with its scale.

Revision: plan_background, after questions, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plan_background"
down_revision = "questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("floor_plan") as table:
        table.add_column(sa.Column("background_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("background_x_cm", sa.Integer(), nullable=False, server_default=sa.text("0")))
        table.add_column(sa.Column("background_y_cm", sa.Integer(), nullable=False, server_default=sa.text("0")))
        table.add_column(sa.Column("background_width_cm", sa.Integer(), nullable=True))
        table.add_column(sa.Column("background_shade", sa.Integer(), nullable=False, server_default=sa.text("50")))
        table.create_foreign_key(op.f("fk_floor_plan_background_id"), "stored_file", ["background_id"], ["id"])
        table.create_index(op.f("ix_floor_plan_background_id"), ["background_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("floor_plan") as table:
        table.drop_index(op.f("ix_floor_plan_background_id"))
        table.drop_constraint(op.f("fk_floor_plan_background_id"), type_="foreignkey")
        for name in ("background_shade", "background_width_cm", "background_y_cm", "background_x_cm", "background_id"):
            table.drop_column(name)
