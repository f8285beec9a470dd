"""plan editor: turned booths with facilities, fixtures, capacities, revisions and versions; several plans for a venue.

Revision: 5c1e, after made_things, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5c1e"
down_revision = "made_things"
branch_labels = None
depends_on = None

NUMBER, FLAG, KEY = sa.Integer(), sa.Boolean(), sa.String(length=24)


def given(name: str, kind: sa.types.TypeEngine, default: str) -> sa.Column:
    """A column that is never empty; the default is for the rows that stand already."""
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("floor_plan") as table:
        table.add_column(given("name_vi", sa.String(length=80), "''"))
        table.add_column(given("name_en", sa.String(length=80), "''"))
        table.add_column(given("position", NUMBER, "0"))
        table.add_column(given("outline", sa.JSON(), "'[]'"))
        table.add_column(given("least_aisle_cm", NUMBER, "300"))
        table.add_column(given("revision", NUMBER, "0"))
        table.add_column(given("changed_in", NUMBER, "0"))
        table.drop_constraint(op.f("uq_floor_plan_fair_venue_id"), type_="unique")
        table.create_index(op.f("ix_floor_plan_fair_venue_id"), ["fair_venue_id"], unique=False)
        table.create_check_constraint(op.f("ck_floor_plan_has_aisle"), "least_aisle_cm > 0")
    with op.batch_alter_table("zone") as table:
        table.add_column(given("key", KEY, "''"))
        table.add_column(sa.Column("power_w", NUMBER, nullable=True))
        table.add_column(sa.Column("water_points", NUMBER, nullable=True))
        table.add_column(sa.Column("cold_points", NUMBER, nullable=True))
        table.add_column(given("changed_in", NUMBER, "0"))
        table.create_check_constraint(
            op.f("ck_zone_capacity"), "power_w >= 0 and water_points >= 0 and cold_points >= 0"
        )
    with op.batch_alter_table("booth") as table:
        table.add_column(given("key", KEY, "''"))
        table.add_column(given("rotation", NUMBER, "0"))
        table.add_column(given("open_sides", sa.String(length=24), "'front'"))
        table.add_column(given("power_w", NUMBER, "0"))
        for name in ("has_water", "has_cold_storage", "allows_open_flame", "is_corner"):
            table.add_column(given(name, FLAG, "false"))
        table.add_column(given("changed_in", NUMBER, "0"))
        table.create_check_constraint(op.f("ck_booth_rotation"), "rotation >= 0 and rotation < 360")
        table.create_check_constraint(op.f("ck_booth_power"), "power_w >= 0")
    for name in ("zone", "booth"):
        op.execute(f"UPDATE {name} SET key = '{name[0]}' || id")
        with op.batch_alter_table(name) as table:
            table.create_unique_constraint(op.f(f"uq_{name}_plan_id_key"), ["plan_id", "key"])
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "plan_fixture",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("plan_id", NUMBER, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label_vi", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        *(sa.Column(f"{name}_cm", NUMBER, nullable=False) for name in ("x", "y", "width", "depth")),
        sa.Column("rotation", NUMBER, nullable=False),
        sa.Column("changed_in", NUMBER, nullable=False),
        sa.CheckConstraint("rotation >= 0 and rotation < 360", name=op.f("ck_plan_fixture_rotation")),
        sa.CheckConstraint("width_cm > 0 and depth_cm > 0", name=op.f("ck_plan_fixture_has_area")),
        sa.ForeignKeyConstraint(["plan_id"], ["floor_plan.id"], name=op.f("fk_plan_fixture_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_fixture")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_plan_fixture_plan_id_key")),
    )
    op.create_table(
        "plan_version",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("plan_id", NUMBER, nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", NUMBER, nullable=True),
        sa.Column("booths", NUMBER, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["floor_plan.id"], name=op.f("fk_plan_version_plan_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["user.id"], name=op.f("fk_plan_version_saved_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "revision", name=op.f("uq_plan_version_plan_id_revision")),
    )
    op.create_index(op.f("ix_plan_version_saved_by"), "plan_version", ["saved_by"])


def downgrade() -> None:
    """Undo; where a venue had several plans this cannot be done."""
    op.drop_table("plan_version")
    op.drop_table("plan_fixture")
    with op.batch_alter_table("booth") as table:
        table.drop_constraint(op.f("uq_booth_plan_id_key"), type_="unique")
        for constraint in ("ck_booth_rotation", "ck_booth_power"):
            table.drop_constraint(op.f(constraint), type_="check")
        for name in ("changed_in", "is_corner", "allows_open_flame", "has_cold_storage", "has_water", "power_w",
                     "open_sides", "rotation", "key"):  # fmt: skip
            table.drop_column(name)
    with op.batch_alter_table("zone") as table:
        table.drop_constraint(op.f("uq_zone_plan_id_key"), type_="unique")
        table.drop_constraint(op.f("ck_zone_capacity"), type_="check")
        for name in ("changed_in", "cold_points", "water_points", "power_w", "key"):
            table.drop_column(name)
    with op.batch_alter_table("floor_plan") as table:
        table.drop_constraint(op.f("ck_floor_plan_has_aisle"), type_="check")
        table.drop_index(op.f("ix_floor_plan_fair_venue_id"))
        table.create_unique_constraint(op.f("uq_floor_plan_fair_venue_id"), ["fair_venue_id"])
        for name in ("changed_in", "revision", "least_aisle_cm", "outline", "position", "name_en", "name_vi"):
            table.drop_column(name)
