"""Runs migrations on the database the app is bound to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from foundation.database import UtcDateTime
from foundation.partial_index import tell_postgresql

FOREIGN_TABLES = ("huey_", "kv", "schedule", "task", "sqlite_")


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Tables of the job queue may live in the same database; they are not ours to migrate."""
    return kind != "table" or not (name or "").startswith(FOREIGN_TABLES)


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Our own types appear as what they are in the database: migrations never import the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


@contextmanager
def foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by building it anew: what points to its rows is checked at the end, not on the way.

    The switch only works outside a transaction, hence on the driver's connection (SQLite, "Making other kinds of table
    schema changes").
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    driver.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"rows that point to nothing after the migration: {broken[:5]}")


def run_migrations() -> None:
    """Upgrade inside one transaction where the database can."""
    database = current_app.extensions["migrate"].db
    if database.engine.dialect.name == "postgresql":
        tell_postgresql(database.metadata)
    with database.engine.connect() as connection, foreign_keys_at_rest(connection):
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
