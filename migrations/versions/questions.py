"""questions.

Revision: questions, after quotas, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "questions"
down_revision = "quotas"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("help_vi", sa.Text(), nullable=False),
        sa.Column("help_en", sa.Text(), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("on_last_day", sa.Boolean(), nullable=False),
        sa.Column("most_months", sa.Integer(), nullable=True),
        sa.CheckConstraint("need in ('not_needed', 'if_available', 'required')", name=op.f("ck_paper_need")),
        sa.CheckConstraint("most_months between 1 and 120", name=op.f("ck_paper_most_months")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_paper_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("fair_id", "name_vi", name=op.f("uq_paper_fair_id_name_vi")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text_vi", sa.String(length=300), nullable=False),
        sa.Column("text_en", sa.String(length=300), nullable=False),
        sa.Column("help_vi", sa.Text(), nullable=False),
        sa.Column("help_en", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("required_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("for_reviewers", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind in ('text', 'number', 'choice', 'choices', 'yes_no', 'file')", name=op.f("ck_question_kind")
        ),
        sa.CheckConstraint("frozen_from > required_from", name=op.f("ck_question_frozen_after_required")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_question_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("fair_id", "text_vi", name=op.f("uq_question_fair_id_text_vi")),
    )
    op.create_table(
        "application_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["booth_application.id"],
            name=op.f("fk_application_answer_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_application_answer_file_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_application_answer_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_answer")),
        sa.UniqueConstraint(
            "application_id", "question_id", name=op.f("uq_application_answer_application_id_question_id")
        ),
    )
    op.create_index("ix_application_answer_file_id", "application_answer", ["file_id"])
    op.create_index("ix_application_answer_question_id", "application_answer", ["question_id"])
    op.create_table(
        "application_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("expires_on > issued_on", name=op.f("ck_application_paper_days_in_order")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["booth_application.id"],
            name=op.f("fk_application_paper_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_application_paper_file_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_application_paper_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_paper")),
        sa.UniqueConstraint("application_id", "paper_id", name=op.f("uq_application_paper_application_id_paper_id")),
    )
    op.create_index("ix_application_paper_file_id", "application_paper", ["file_id"])
    op.create_index("ix_application_paper_paper_id", "application_paper", ["paper_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_application_paper_paper_id", "application_paper")
    op.drop_index("ix_application_paper_file_id", "application_paper")
    op.drop_table("application_paper")
    op.drop_index("ix_application_answer_question_id", "application_answer")
    op.drop_index("ix_application_answer_file_id", "application_answer")
    op.drop_table("application_answer")
    op.drop_table("question")
    op.drop_table("paper")
