"""officers apply for units whose people come with paper.

Revision: assistance, after former_units, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "assistance"
down_revision = "former_units"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "assistance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_assistance_user_id_user")),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_assistance_producer_id_producer")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_assistance_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    for column in ("producer_id", "fair_id"):
        op.create_index(op.f(f"ix_assistance_{column}"), "assistance", [column])
    is_open = sa.text("ended_at is null")
    op.create_index(
        "uq_assistance_open", "assistance", ["user_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    with op.batch_alter_table("booth_application") as batch_op:
        batch_op.add_column(sa.Column("assisted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_booth_application_assisted_by_id_user"), "user", ["assisted_by_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_booth_application_assisted_by_id"), ["assisted_by_id"])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("booth_application") as batch_op:
        batch_op.drop_index(op.f("ix_booth_application_assisted_by_id"))
        batch_op.drop_constraint(op.f("fk_booth_application_assisted_by_id_user"), type_="foreignkey")
        batch_op.drop_column("agreed_at")
        batch_op.drop_column("assisted_by_id")
    op.drop_table("assistance")
