"""a letter that is being handed to the mail server is marked, so that nobody holds it back meanwhile.

Revision: letters_taken, after shared_booths, 2026-11-27.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "letters_taken"
down_revision = "shared_booths"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.add_column(sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.drop_column("taken_until")
