"""Proposals of who stands where, and the draw that breaks ties.

Revision: proposals, after private_calendars, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "proposals"
down_revision = "private_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four tables."""
    op.create_table(
        "allocation_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("candidates", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("has_draft", sa.Boolean(), nullable=False),
        sa.Column("is_proved", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("board", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.CheckConstraint("candidates in ('accepted', 'reviewed')", name=op.f("ck_allocation_proposal_candidates")),
        sa.CheckConstraint(
            "state in ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_allocation_proposal_state")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_allocation_proposal_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_proposal")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_allocation_proposal_fair_id_number")),
    )
    with op.batch_alter_table("allocation_proposal", schema=None) as batch_op:
        batch_op.create_index(
            "uq_allocation_proposal_at_work",
            ["fair_id"],
            unique=True,
            sqlite_where=sa.text("state in ('queued', 'running')"),
            postgresql_where=sa.text("state in ('queued', 'running')"),
        )

    op.create_table(
        "lottery_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_lottery_draw_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lottery_draw")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_lottery_draw_fair_id")),
    )
    op.create_table(
        "proposed_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.Column("next_best", sa.String(length=40), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_proposed_outcome_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["allocation_proposal.id"],
            name=op.f("fk_proposed_outcome_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_outcome")),
        sa.UniqueConstraint(
            "proposal_id", "application_id", name=op.f("uq_proposed_outcome_proposal_id_application_id")
        ),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_proposed_outcome_proposal_id_number")),
    )
    with op.batch_alter_table("proposed_outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposed_outcome_application_id"), ["application_id"], unique=False)

    op.create_table(
        "proposed_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_proposed_seat_application_id")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_proposed_seat_booth_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["allocation_proposal.id"], name=op.f("fk_proposed_seat_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_seat")),
        sa.UniqueConstraint("proposal_id", "booth_id", name=op.f("uq_proposed_seat_proposal_id_booth_id")),
    )
    with op.batch_alter_table("proposed_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposed_seat_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposed_seat_booth_id"), ["booth_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("proposed_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_seat_booth_id"))
        batch_op.drop_index(batch_op.f("ix_proposed_seat_application_id"))

    op.drop_table("proposed_seat")
    with op.batch_alter_table("proposed_outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_outcome_application_id"))

    op.drop_table("proposed_outcome")
    op.drop_table("lottery_draw")
    with op.batch_alter_table("allocation_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allocation_proposal_at_work",
            sqlite_where=sa.text("state in ('queued', 'running')"),
            postgresql_where=sa.text("state in ('queued', 'running')"),
        )

    op.drop_table("allocation_proposal")
