"""the changes of a fair in the order of their moments.

Revision: changes_by_time, after large_figures, 2026-11-26.
"""

from __future__ import annotations

from alembic import op

revision = "changes_by_time"
down_revision = "large_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Not as a batch: SQLite would build the table anew, without its triggers."""
    op.create_index("ix_audit_entry_fair_id_at", "audit_entry", ["fair_id", "at"], unique=False)
    op.drop_index("ix_audit_entry_fair_id", table_name="audit_entry")


def downgrade() -> None:
    """Undo."""
    op.create_index("ix_audit_entry_fair_id", "audit_entry", ["fair_id"], unique=False)
    op.drop_index("ix_audit_entry_fair_id_at", table_name="audit_entry")
