"""facts of units and products, needs of applications.

Revision: dossier_facts, after dossier, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "dossier_facts"
down_revision = "dossier"
branch_labels = None
depends_on = None

BOOLEANS = {
    "booth_application": ("needs_cold_storage", "needs_open_flame", "needs_access", "wants_corner"),
    "producer": ("person_is_public", "address_is_public", "wants_calls"),
    "product": ("renewal_under_way", "is_export_ready"),
}
TEXTS = {
    "booth_application": {},
    "producer": {"website": 300, "shop_url": 300, "social_url": 300},
    "product": {"rank_level": 10, "award_kind": 10, "barcode": 14},
}
NUMBERS = {"booth_application": "power_kw", "product": "alcohol_degrees"}
CHECKS = {
    "booth_application": ("power_kw", "power_kw > 0 and power_kw <= 100"),
    "product": ("alcohol_degrees", "alcohol_degrees > 0 and alcohol_degrees < 100"),
}


def upgrade() -> None:
    """Apply."""
    for table, booleans in BOOLEANS.items():
        with op.batch_alter_table(table) as batch_op:
            for name in booleans:
                batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
            for name, length in TEXTS[table].items():
                batch_op.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
            if table in NUMBERS:
                batch_op.add_column(sa.Column(NUMBERS[table], sa.Numeric(4, 1, asdecimal=False), nullable=True))
                name, rule = CHECKS[table]
                batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)
        with op.batch_alter_table(table) as batch_op:
            for name in (*booleans, *TEXTS[table]):
                batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Undo."""
    for table, booleans in BOOLEANS.items():
        with op.batch_alter_table(table) as batch_op:
            if table in NUMBERS:
                batch_op.drop_constraint(op.f(f"ck_{table}_{CHECKS[table][0]}"), type_="check")
                batch_op.drop_column(NUMBERS[table])
            for name in (*booleans, *TEXTS[table]):
                batch_op.drop_column(name)
