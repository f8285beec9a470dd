"""Counters of tries in a small SQLite file; loaded with the library of limits, at the first try that is counted."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from limits.storage import Storage

from foundation.database import SQLITE


class SqliteStorage(Storage):
    """Counters in a small SQLite file of their own, so that counting never waits for the database.

    Address: `sqlite:////absolute/path.db`.
    """

    STORAGE_SCHEME = ["sqlite"]

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = urlsplit(uri).path.removeprefix("/")
        self.lock = threading.Lock()
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS counter (key TEXT PRIMARY KEY, count INTEGER, expires REAL) WITHOUT ROWID"
            )

    def _connection(self) -> closing[Any]:
        return closing(SQLITE.connect(self.path, timeout=5, isolation_level=None))

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the file may raise."""
        error: type[Exception] = SQLITE.Error
        return error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count and answer the new number; a window that has passed begins anew."""
        now = time.time()
        statement = (
            "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "count = CASE WHEN expires <= ? THEN excluded.count ELSE count + excluded.count END, "
            "expires = CASE WHEN expires <= ? THEN excluded.expires ELSE expires END RETURNING count"
        )
        with self.lock, self._connection() as connection:
            row = connection.execute(statement, (key, amount, now + expiry, now, now)).fetchone()
            connection.execute("DELETE FROM counter WHERE expires < ?", (now - 3600,))
        return int(row[0])

    def get(self, key: str) -> int:
        """The present count, 0 when the window has passed."""
        with self._connection() as connection:
            query = "SELECT count FROM counter WHERE key = ? AND expires > ?"
            row = connection.execute(query, (key, time.time())).fetchone()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since the epoch."""
        with self._connection() as connection:
            row = connection.execute("SELECT expires FROM counter WHERE key = ?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be read."""
        self.get("check")
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with self._connection() as connection:
            forgotten: int = connection.execute("DELETE FROM counter").rowcount
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._connection() as connection:
            connection.execute("DELETE FROM counter WHERE key = ?", (key,))
