"""stories, points and sub-groups.

Revision: unit_stories, after unit_pictures, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "unit_stories"
down_revision = "unit_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "product_subgroup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["product_group.id"], name=op.f("fk_product_subgroup_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_subgroup")),
        sa.UniqueConstraint("key", name=op.f("uq_product_subgroup_key")),
    )
    with op.batch_alter_table("product_subgroup") as batch_op:
        batch_op.create_index(batch_op.f("ix_product_subgroup_group_id"), ["group_id"], unique=False)

    with op.batch_alter_table("producer") as batch_op:
        batch_op.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("point_is_public", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(
            op.f("ck_producer_point_whole"), "(latitude is null) = (longitude is null)"
        )

    with op.batch_alter_table("product") as batch_op:
        batch_op.add_column(sa.Column("subgroup_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_service", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_product_subgroup_id"), ["subgroup_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_product_subgroup_id"), "product_subgroup", ["subgroup_id"], ["id"])
    for table, column in (("producer", "point_is_public"), ("product", "is_service")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("product") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_product_subgroup_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_product_subgroup_id"))
        batch_op.drop_column("is_service")
        batch_op.drop_column("subgroup_id")

    with op.batch_alter_table("producer") as batch_op:
        batch_op.drop_constraint(op.f("ck_producer_point_whole"), type_="check")
        batch_op.drop_column("point_is_public")
        batch_op.drop_column("longitude")
        batch_op.drop_column("latitude")

    with op.batch_alter_table("product_subgroup") as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_subgroup_group_id"))

    op.drop_table("product_subgroup")
