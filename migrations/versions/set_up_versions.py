"""What people set up counts its versions: of two who change one thing the second is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "set_up_versions"
down_revision = "beyond_quota"
branch_labels = None
depends_on = None

TABLES = (
    "booth_type", "call_terms", "invitation_code", "paper", "place_group", "programme_item", "question", "quota",
    "venue", "zone_call",
)  # fmt: skip


def upgrade() -> None:
    """Everything that stands there is its first version."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Nobody is told any more."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("version")
