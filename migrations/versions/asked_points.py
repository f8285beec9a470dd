"""asked points: which parts of an application were asked to be changed, and what stood there before.

Revision: asked_points, after screening, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "asked_points"
down_revision = "screening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booth_application") as table:
        table.add_column(sa.Column("changes_points", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("changes_before", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("booth_application") as table:
        table.drop_column("changes_before")
        table.drop_column("changes_points")
