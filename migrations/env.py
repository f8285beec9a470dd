"""Runs migrations on the database the app is bound to."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from foundation.database import UtcDateTime

FOREIGN_TABLES = ("huey_", "kv", "schedule", "task", "sqlite_")


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Tables of the job queue may live in the same database; they are not ours to migrate."""
    return kind != "table" or not (name or "").startswith(FOREIGN_TABLES)


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Our own types appear as what they are in the database: migrations never import the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations() -> None:
    """Upgrade inside one transaction where the database can."""
    database = current_app.extensions["migrate"].db
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=include_name,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
