"""fair roles.

Revision: fair_roles, after 5c1e, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fair_roles"
down_revision = "5c1e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fair_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role in ('reader', 'field_staff', 'reviewer', 'manager')", name=op.f("ck_fair_role_role")),
        sa.CheckConstraint("(membership_id is null) <> (invitation_id is null)", name=op.f("ck_fair_role_one_holder")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_role_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_fair_role_invitation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_fair_role_membership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_fair_role_zone_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_role")),
    )
    with op.batch_alter_table("fair_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_role_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fair_role_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fair_role_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fair_role_zone_id"), ["zone_id"], unique=False)
        batch_op.create_index(
            "uq_fair_role_invitation_id_fair",
            ["fair_id", "invitation_id"],
            unique=True,
            sqlite_where=sa.text("invitation_id is not null and zone_id is null"),
            postgresql_where=sa.text("invitation_id is not null and zone_id is null"),
        )
        batch_op.create_index(
            "uq_fair_role_invitation_id_zone",
            ["fair_id", "invitation_id", "zone_id"],
            unique=True,
            sqlite_where=sa.text("invitation_id is not null and zone_id is not null"),
            postgresql_where=sa.text("invitation_id is not null and zone_id is not null"),
        )
        batch_op.create_index(
            "uq_fair_role_membership_id_fair",
            ["fair_id", "membership_id"],
            unique=True,
            sqlite_where=sa.text("membership_id is not null and zone_id is null"),
            postgresql_where=sa.text("membership_id is not null and zone_id is null"),
        )
        batch_op.create_index(
            "uq_fair_role_membership_id_zone",
            ["fair_id", "membership_id", "zone_id"],
            unique=True,
            sqlite_where=sa.text("membership_id is not null and zone_id is not null"),
            postgresql_where=sa.text("membership_id is not null and zone_id is not null"),
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("fair_role", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_fair_role_membership_id_zone",
            sqlite_where=sa.text("membership_id is not null and zone_id is not null"),
            postgresql_where=sa.text("membership_id is not null and zone_id is not null"),
        )
        batch_op.drop_index(
            "uq_fair_role_membership_id_fair",
            sqlite_where=sa.text("membership_id is not null and zone_id is null"),
            postgresql_where=sa.text("membership_id is not null and zone_id is null"),
        )
        batch_op.drop_index(
            "uq_fair_role_invitation_id_zone",
            sqlite_where=sa.text("invitation_id is not null and zone_id is not null"),
            postgresql_where=sa.text("invitation_id is not null and zone_id is not null"),
        )
        batch_op.drop_index(
            "uq_fair_role_invitation_id_fair",
            sqlite_where=sa.text("invitation_id is not null and zone_id is null"),
            postgresql_where=sa.text("invitation_id is not null and zone_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_fair_role_zone_id"))
        batch_op.drop_index(batch_op.f("ix_fair_role_membership_id"))
        batch_op.drop_index(batch_op.f("ix_fair_role_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_fair_role_fair_id"))

    op.drop_table("fair_role")
