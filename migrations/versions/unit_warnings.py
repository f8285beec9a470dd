"""units may do without warnings.

Revision: unit_warnings, after register_imports, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "unit_warnings"
down_revision = "register_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.add_column(sa.Column("wants_warnings", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("producer") as batch_op:
        batch_op.alter_column("wants_warnings", server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.drop_column("wants_warnings")
