"""who has opened which application on which day; nobody changes it afterwards.

Revision: application_looks, after page_changes, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "application_looks"
down_revision = "page_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "application_look",
        sa.Column("application_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened", sa.String(length=12), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "opened in ('application', 'papers', 'points')", name=op.f("ck_application_look_opened")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_application_look_application_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_application_look_user_id")),
        sa.PrimaryKeyConstraint("application_id", "user_id", "day", "opened", name=op.f("pk_application_look")),
    )
    op.create_index(op.f("ix_application_look_user_id"), "application_look", ["user_id"], unique=False)
    _guard()


def downgrade() -> None:
    """Take back."""
    op.drop_table("application_look")


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER application_look_append_only BEFORE UPDATE OR DELETE ON application_look "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        op.execute(
            "CREATE TRIGGER application_look_no_truncate BEFORE TRUNCATE ON application_look "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    op.execute(f"CREATE TRIGGER application_look_no_update BEFORE UPDATE ON application_look {refuse}")
    op.execute(f"CREATE TRIGGER application_look_no_delete BEFORE DELETE ON application_look {refuse}")
    op.execute(
        "CREATE TRIGGER application_look_no_replace BEFORE INSERT ON application_look "
        "WHEN EXISTS (SELECT 1 FROM application_look WHERE application_id = NEW.application_id "
        "AND user_id = NEW.user_id AND day = NEW.day AND opened = NEW.opened) " + refuse
    )
