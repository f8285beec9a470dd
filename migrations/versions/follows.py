"""follows.

Revision: follows, after programme, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "follows"
down_revision = "programme"
branch_labels = None
depends_on = None

FAMILIES = "'everything', 'kinds', 'localities', 'districts', 'venues', 'fairs', 'groups', 'producers', 'products'"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"family in ({FAMILIES})", name=op.f("ck_follow_family")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("email_key", "family", "key", name=op.f("uq_follow_email_key_family_key")),
    )
    op.create_index("ix_follow_family_key", "follow", ["family", "key"])
    op.create_index(op.f("ix_follow_asked_at"), "follow", ["asked_at"])
    op.create_table(
        "told_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=400), nullable=False),
        sa.Column("call_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_told_news_fair_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_told_news_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_news")),
        sa.UniqueConstraint("application_id", name=op.f("uq_told_news_application_id")),
    )
    op.create_index(
        "uq_told_news_fair",
        "told_news",
        ["fair_id"],
        unique=True,
        sqlite_where=sa.text("application_id is null"),
        postgresql_where=sa.text("application_id is null"),
    )
    with op.batch_alter_table("outbox_letter") as table:
        table.add_column(sa.Column("unsubscribe_url", sa.String(length=500), nullable=False, server_default=""))
    with op.batch_alter_table("outbox_letter") as table:
        table.alter_column("unsubscribe_url", server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox_letter") as table:
        table.drop_column("unsubscribe_url")
    op.drop_index("uq_told_news_fair", "told_news")
    op.drop_table("told_news")
    op.drop_index(op.f("ix_follow_asked_at"), "follow")
    op.drop_index("ix_follow_family_key", "follow")
    op.drop_table("follow")
