"""programme.

Revision: programme, after waiting_list, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "programme"
down_revision = "waiting_list"
branch_labels = None
depends_on = None

KINDS = "'opening', 'performance', 'demonstration', 'contest', 'meeting', 'award', 'offer', 'closing', 'other'"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("title_vi", sa.String(length=160), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.Column("place_vi", sa.String(length=120), nullable=False),
        sa.Column("place_en", sa.String(length=120), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind in ({KINDS})", name=op.f("ck_programme_item_kind")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_programme_item_hours_in_order")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_programme_item_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
    )
    op.create_index("ix_programme_item_fair_id_day", "programme_item", ["fair_id", "day"])
    op.create_index(
        "uq_programme_item_once",
        "programme_item",
        ["fair_id", "day", "starts_at", "title_vi"],
        unique=True,
        sqlite_where=sa.text("is_removed = 0"),
        postgresql_where=sa.text("not is_removed"),
    )
    with op.batch_alter_table("calendar_entry") as table:
        table.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_calendar_entry_item_id"), "programme_item", ["item_id"], ["id"])
        table.create_index(op.f("ix_calendar_entry_item_id"), ["item_id"])


def downgrade() -> None:
    """Undo."""
    op.execute("delete from calendar_entry where kind = 'item'")
    with op.batch_alter_table("calendar_entry") as table:
        table.drop_index(op.f("ix_calendar_entry_item_id"))
        table.drop_constraint(op.f("fk_calendar_entry_item_id"), type_="foreignkey")
        table.drop_column("item_id")
    op.drop_index("uq_programme_item_once", "programme_item")
    op.drop_index("ix_programme_item_fair_id_day", "programme_item")
    op.drop_table("programme_item")
