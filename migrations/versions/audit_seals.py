"""seals over the audit trail, a chain of hashes for each fair and one for the rest; what is there is sealed as it stands.

Revision: audit_seals, after hand_moves, 2026-11-26.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "audit_seals"
down_revision = "hand_moves"
branch_labels = None
depends_on = None

SEALED = ("id", "at", "actor_id", "on_behalf_of", "what", "thing_kind", "thing_id", "fair_id", "old", "new", "reason")
AT_ONCE = 1000
ENTRY = sa.table(
    "audit_entry",
    *(sa.column(name) for name in SEALED if name not in {"at", "old", "new"}),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("old", sa.JSON),
    sa.column("new", sa.JSON),
)


def upgrade() -> None:
    """Apply."""
    seal = op.create_table(
        "audit_seal",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("scope", "number", name=op.f("uq_audit_seal_scope_number")),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_audit_head")),
    )
    _seal_what_is_there(seal, head)
    _guard()


def downgrade() -> None:
    """Take back."""
    op.drop_table("audit_head")
    op.drop_table("audit_seal")


def _seal_what_is_there(seal: sa.Table, head: sa.Table) -> None:
    connection = op.get_bind()
    ends: dict[str, tuple[int, str]] = defaultdict(lambda: (0, "0" * 64))
    seals: list[dict[str, Any]] = []
    rows = connection.execute(sa.select(*(ENTRY.c[name] for name in SEALED)).order_by(ENTRY.c.id)).mappings().all()
    for row in rows:
        scope = "installation" if row["fair_id"] is None else f"fair:{row['fair_id']}"
        number, previous = ends[scope]
        content = f"{previous}\n{scope}\n{number + 1}\n{_canonical(row)}"
        ends[scope] = number + 1, hashlib.sha256(content.encode()).hexdigest()
        seals.append({"entry_id": row["id"], "scope": scope, "number": number + 1, "hash": ends[scope][1]})
    for start in range(0, len(seals), AT_ONCE):
        connection.execute(sa.insert(seal), seals[start : start + AT_ONCE])
    for scope, (number, hash_) in ends.items():
        connection.execute(sa.insert(head).values(scope=scope, number=number, hash=hash_))


def _canonical(row: Any) -> str:
    plain = dict(row)
    at = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)
    plain["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        op.execute(
            "CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    op.execute(f"CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal {refuse}")
    op.execute(f"CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal {refuse}")
    op.execute(
        "CREATE TRIGGER audit_seal_no_replace BEFORE INSERT ON audit_seal "
        f"WHEN EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = NEW.entry_id) {refuse}"
    )
