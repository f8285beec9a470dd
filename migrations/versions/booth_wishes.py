"""wishes for single booths, neighbours, people and vehicle.

Revision: booth_wishes, after unit_stories, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "booth_wishes"
down_revision = "unit_stories"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booth_application") as batch_op:
        batch_op.add_column(sa.Column("neighbours_wished", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("neighbours_not_wished", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("staff_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("vehicle_kind", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("vehicle_plate", sa.String(length=30), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("arrival_wish", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_check_constraint(
            op.f("ck_booth_application_staff_count"), "staff_count between 1 and 99"
        )
    with op.batch_alter_table("booth_application") as batch_op:
        for column in ("neighbours_wished", "neighbours_not_wished", "vehicle_kind", "vehicle_plate", "arrival_wish"):
            batch_op.alter_column(column, server_default=None)

    with op.batch_alter_table("zone_wish") as batch_op:
        batch_op.add_column(sa.Column("booth_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_zone_wish_application_id_zone_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_zone_wish_booth_id"), ["booth_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_zone_wish_application_id_booth_id"), ["application_id", "booth_id"]
        )
        batch_op.create_index(
            "uq_zone_wish_whole_zone",
            ["application_id", "zone_id"],
            unique=True,
            sqlite_where=sa.text("booth_id is null"),
            postgresql_where=sa.text("booth_id is null"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_zone_wish_booth_id"), "booth", ["booth_id"], ["id"])


def downgrade() -> None:
    """Undo; wishes for single booths cannot stand any more."""
    op.execute("delete from zone_wish where booth_id is not null")
    with op.batch_alter_table("zone_wish") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_zone_wish_booth_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_zone_wish_whole_zone",
            sqlite_where=sa.text("booth_id is null"),
            postgresql_where=sa.text("booth_id is null"),
        )
        batch_op.drop_constraint(batch_op.f("uq_zone_wish_application_id_booth_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_zone_wish_booth_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_zone_wish_application_id_zone_id"), ["application_id", "zone_id"]
        )
        batch_op.drop_column("booth_id")

    with op.batch_alter_table("booth_application") as batch_op:
        batch_op.drop_constraint(op.f("ck_booth_application_staff_count"), type_="check")
        batch_op.drop_column("arrival_wish")
        batch_op.drop_column("vehicle_plate")
        batch_op.drop_column("vehicle_kind")
        batch_op.drop_column("staff_count")
        batch_op.drop_column("neighbours_not_wished")
        batch_op.drop_column("neighbours_wished")
