"""which of several units a person acts for.

Revision: unit_people, after fair_picture, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "unit_people"
down_revision = "fair_picture"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_column("chosen_at")
