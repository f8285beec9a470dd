"""units are known by their folded names.

Revision: name_keys, after known_words, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "name_keys"
down_revision = "known_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; `flask prepare`, which ./run plays after this, gives the units that are there their keys."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.add_column(sa.Column("name_key", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_producer_name_key"), ["name_key"], unique=False)
    with op.batch_alter_table("producer") as batch_op:
        batch_op.alter_column("name_key", server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_name_key"))
        batch_op.drop_column("name_key")
