"""A whole copy of the SQLite database while others write to it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from foundation.refusal import Refused


def back_up(engine: Engine, path: Path) -> None:
    """Write the copy to `path` (readable by its owner only). `cp` of a database in use gives a broken one.

    Refuses `backup_not_sqlite` (PostgreSQL has pg_dump) and `backup_exists`.
    """
    if engine.dialect.name != "sqlite":
        raise Refused("backup_not_sqlite", database=engine.dialect.name)
    if path.exists():
        raise Refused("backup_exists", path=str(path))
    # VACUUM runs outside any transaction, so it goes past the engine's own way of beginning one.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))
    finally:
        connection.close()
    path.chmod(0o600)
