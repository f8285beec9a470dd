"""a fair's own words for the letter that reminds of an offer.

Revision: own_reminders, after letters_taken, 2026-11-27.
"""

from __future__ import annotations

from alembic import op

revision = "own_reminders"
down_revision = "letters_taken"
branch_labels = None
depends_on = None
NAME = "ck_decision_text_kind"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("decision_text") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), "kind in ('accepted', 'waitlisted', 'rejected', 'reminder')")


def downgrade() -> None:
    """Undo; the words themselves are lost."""
    op.execute("delete from decision_text where kind = 'reminder'")
    with op.batch_alter_table("decision_text") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), "kind in ('accepted', 'waitlisted', 'rejected')")
