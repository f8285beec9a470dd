"""at most two on a booth, and who stood beside whom when an act is taken back.

Revision: shared_booths, after plan_comments, 2026-11-27.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "shared_booths"
down_revision = "plan_comments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booth_assignment") as batch_op:
        batch_op.create_check_constraint(op.f("ck_booth_assignment_share_position"), "share_position in (1, 2)")
    with op.batch_alter_table("hand_move") as batch_op:
        batch_op.add_column(sa.Column("beside", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("hand_move") as batch_op:
        batch_op.alter_column("beside", server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("hand_move") as batch_op:
        batch_op.drop_column("beside")
    with op.batch_alter_table("booth_assignment") as batch_op:
        batch_op.drop_constraint(op.f("ck_booth_assignment_share_position"), type_="check")
