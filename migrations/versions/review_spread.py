"""the lowest and the highest review of an application beside their mean.

Revision: review_spread, after assistance, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "review_spread"
down_revision = "assistance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("review_summary") as batch_op:
        batch_op.add_column(sa.Column("lowest", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("highest", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("review_summary") as batch_op:
        batch_op.drop_column("highest")
        batch_op.drop_column("lowest")
