"""tax codes and telephones are looked up.

Revision: known_numbers, after given_words, 2026-11-26.
"""

from __future__ import annotations

from alembic import op

revision = "known_numbers"
down_revision = "given_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.create_index(batch_op.f("ix_producer_contact_phone"), ["contact_phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_tax_code"), ["tax_code"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("producer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_tax_code"))
        batch_op.drop_index(batch_op.f("ix_producer_contact_phone"))
