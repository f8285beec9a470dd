"""A whole copy of the SQLite database while others write to it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from foundation.database import SQLITE
from foundation.refusal import Refused


def back_up(engine: Engine, path: Path) -> None:
    """Write the copy to `path` (readable by its owner only). `cp` of a database in use gives a broken one.

    Refuses `backup_not_sqlite` (PostgreSQL has pg_dump) and `backup_exists`.
    """
    if engine.dialect.name != "sqlite":
        raise Refused("backup_not_sqlite", database=engine.dialect.name)
    if path.exists():
        raise Refused("backup_exists", path=str(path))
    # VACUUM runs outside any transaction and writes: it goes past the engine, whose connections may be there to read
    with closing(SQLITE.connect(engine.url.database)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o600)
