"""beyond quota: which acceptances that wait were said to go beyond a quota.

Revision: beyond_quota, after told_programmes, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "beyond_quota"
down_revision = "told_programmes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booth_application") as table:
        table.add_column(sa.Column("beyond_quota", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("booth_application") as table:
        table.drop_column("beyond_quota")
