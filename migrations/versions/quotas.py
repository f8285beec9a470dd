"""quotas.

Revision: quotas, after calls, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "quotas"
down_revision = "calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "place_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_place_group_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_group")),
        sa.UniqueConstraint("fair_id", "name_vi", name=op.f("uq_place_group_fair_id_name_vi")),
    )
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=8), nullable=True),
        sa.Column("place_group_id", sa.Integer(), nullable=True),
        sa.Column("product_group", sa.String(length=40), nullable=True),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'zone') = (zone_id is not null) and (kind = 'place') = (place is not null) and (kind = 'place_group') = (place_group_id is not null) and (kind = 'product_group') = (product_group is not null)",
            name=op.f("ck_quota_names_its_thing"),
        ),
        sa.CheckConstraint(
            "kind in ('zone', 'place', 'place_group', 'product_group', 'inside', 'outside', 'reserve')",
            name=op.f("ck_quota_kind"),
        ),
        sa.CheckConstraint("least >= 0 and most >= 0", name=op.f("ck_quota_not_negative")),
        sa.CheckConstraint("least is not null or most is not null", name=op.f("ck_quota_says_something")),
        sa.CheckConstraint("most >= least", name=op.f("ck_quota_in_order")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_quota_fair_id")),
        sa.ForeignKeyConstraint(
            ["place_group_id"], ["place_group.id"], name=op.f("fk_quota_place_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_quota_zone_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
        sa.UniqueConstraint("fair_id", "place", name=op.f("uq_quota_fair_id_place")),
        sa.UniqueConstraint("fair_id", "place_group_id", name=op.f("uq_quota_fair_id_place_group_id")),
        sa.UniqueConstraint("fair_id", "product_group", name=op.f("uq_quota_fair_id_product_group")),
        sa.UniqueConstraint("fair_id", "zone_id", name=op.f("uq_quota_fair_id_zone_id")),
    )
    op.create_index("ix_quota_place_group_id", "quota", ["place_group_id"])
    op.create_index("ix_quota_zone_id", "quota", ["zone_id"])
    op.create_index(
        "uq_quota_alone",
        "quota",
        ["fair_id", "kind"],
        unique=True,
        sqlite_where=sa.text("kind in ('inside', 'outside', 'reserve')"),
        postgresql_where=sa.text("kind in ('inside', 'outside', 'reserve')"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("uq_quota_alone", "quota")
    op.drop_index("ix_quota_zone_id", "quota")
    op.drop_index("ix_quota_place_group_id", "quota")
    op.drop_table("quota")
    op.drop_table("place_group")
