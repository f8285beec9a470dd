"""which places were pinned before and after an act on the board, so that pins come back with it.

Revision: pins_by_hand, after own_reminders, 2026-11-28.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "pins_by_hand"
down_revision = "own_reminders"
branch_labels = None
depends_on = None
COLUMNS = ("pinned_before", "pinned_after")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("hand_move") as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("hand_move") as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("hand_move") as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
