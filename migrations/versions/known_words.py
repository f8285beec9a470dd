"""the words by which products and fairs can be found, each once.

Revision: known_words, after audit_seals, 2026-11-26.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "known_words"
down_revision = "audit_seals"
branch_labels = None
depends_on = None

WORD = re.compile(r"[^\W_]+")


def upgrade() -> None:
    """Apply."""
    table = op.create_table(
        "known_word",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_known_word")),
    )
    words: set[str] = set()
    for noun in ("product", "fair"):
        for (folded,) in op.get_bind().execute(sa.text(f"select folded from {noun}")):  # noqa: S608 - two names of ours
            words |= {word for word in WORD.findall(folded) if word.isalpha() and len(word) <= 60}
    if words:
        op.bulk_insert(table, [{"word": word} for word in sorted(words)])


def downgrade() -> None:
    """Undo."""
    op.drop_table("known_word")
