"""codes and claims by which people take over units of the register.

Revision: unit_claims, after unit_people, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "unit_claims"
down_revision = "unit_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "claim_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_claim_code_producer_id_producer")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_claim_code_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_code")),
        sa.UniqueConstraint("producer_id", name=op.f("uq_claim_code_producer_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_claim_code_code_hash")),
    )
    op.create_index(op.f("ix_claim_code_made_by_id"), "claim_code", ["made_by_id"])
    op.create_table(
        "unit_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("address_matches", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(decided_at is null) = (is_granted is null)", name=op.f("ck_unit_claim_decided_whole")
        ),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_unit_claim_producer_id_producer")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_unit_claim_user_id_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_unit_claim_decided_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_claim")),
    )
    for column in ("user_id", "decided_at", "decided_by_id"):
        op.create_index(op.f(f"ix_unit_claim_{column}"), "unit_claim", [column])
    op.create_index(
        "uq_unit_claim_open",
        "unit_claim",
        ["producer_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("decided_at is null"),
        postgresql_where=sa.text("decided_at is null"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("unit_claim")
    op.drop_table("claim_code")
