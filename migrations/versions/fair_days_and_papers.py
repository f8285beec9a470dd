"""fair days and papers.

Revision: fair_days_and_papers, after questions, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fair_days_and_papers"
down_revision = "follows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fair_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_fair_hours_in_order")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_hours_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_hours")),
        sa.UniqueConstraint("fair_id", "day", name=op.f("uq_fair_hours_fair_id_day")),
    )
    op.create_table(
        "legal_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("invitation_number", sa.String(length=80), nullable=False),
        sa.Column("invitation_date", sa.Date(), nullable=True),
        sa.Column("register_days_before", sa.Integer(), nullable=False),
        sa.Column("report_days_after", sa.Integer(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("register_days_before between 0 and 365", name=op.f("ck_legal_basis_register_days")),
        sa.CheckConstraint("report_days_after between 0 and 365", name=op.f("ck_legal_basis_report_days")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_legal_basis_fair_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_legal_basis_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basis")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_legal_basis_fair_id")),
    )
    # Written out: both databases take a check together with a new column, and nothing of the table is built anew.
    for column, rule in (
        ("build_up_from DATE", "build_up_first CHECK (build_up_from < first_day)"),
        ("tear_down_until DATE", "tear_down_last CHECK (tear_down_until > last_day)"),
        ("site_opens_at TIME", ""),
        ("site_closes_at TIME", "site_hours_in_order CHECK (site_closes_at > site_opens_at)"),
    ):
        op.execute(f"ALTER TABLE fair ADD COLUMN {column}" + (f" CONSTRAINT ck_fair_{rule}" if rule else ""))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.drop_column("site_closes_at")
        batch_op.drop_column("site_opens_at")
        batch_op.drop_column("tear_down_until")
        batch_op.drop_column("build_up_from")

    op.drop_table("legal_basis")
    op.drop_table("fair_hours")
