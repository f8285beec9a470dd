"""An event of which only the month is known says so."""

from __future__ import annotations

from alembic import op

revision = "fair_month"
down_revision = "sold_out"
branch_labels = None
depends_on = None


RULE = "month is null or (month between 1 and 12 and first_day is null)"


def upgrade() -> None:
    """No month is known of what stands there; both databases take the rule with the column."""
    op.execute(f"ALTER TABLE fair ADD COLUMN month INTEGER CONSTRAINT ck_fair_month_without_days CHECK ({RULE})")


def downgrade() -> None:
    """Only the year is left; the rule goes with its column."""
    op.execute("ALTER TABLE fair DROP COLUMN month")
