"""Limits on what can be tried: counted over all workers, kept over a restart."""

from __future__ import annotations

import ipaddress
import sqlite3
import threading
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from limits import parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from foundation.settings import Settings


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

    def _connection(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.path, timeout=5, isolation_level=None))

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the file may raise."""
        return sqlite3.Error

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
            return connection.execute("DELETE FROM counter").rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._connection() as connection:
            connection.execute("DELETE FROM counter WHERE key = ?", (key,))


def limit_requests(app: Flask, settings: Settings) -> None:
    """Make the limiter from the configured address."""
    storage = storage_from_string(settings.ratelimit_url)
    app.extensions["limiter"] = FixedWindowRateLimiter(storage)


def count_or_refuse(limit: str, *keys: str) -> None:
    """Count one try ("10 per 15 minutes") for the keys; answers 429 with Retry-After when there were too many."""
    limiter: FixedWindowRateLimiter = current_app.extensions["limiter"]
    item = parse(limit)
    if not limiter.hit(item, *keys):
        ends = limiter.get_window_stats(item, *keys).reset_time
        raise TooManyRequests(retry_after=max(1, int(ends - time.time())))


def is_exhausted(limit: str, *keys: str) -> bool:
    """Whether no further try is left for the keys, without counting one."""
    limiter: FixedWindowRateLimiter = current_app.extensions["limiter"]
    return not limiter.test(parse(limit), *keys)


def forget_tries(limit: str, *keys: str) -> None:
    """Start again after a success."""
    limiter: FixedWindowRateLimiter = current_app.extensions["limiter"]
    limiter.clear(parse(limit), *keys)


def return_try(limit: str, *keys: str) -> None:
    """Take a counted try back: a try that succeeds does not count, though its outcome was not known before."""
    limiter: FixedWindowRateLimiter = current_app.extensions["limiter"]
    limiter.hit(parse(limit), *keys, cost=-1)


def visitor_network() -> str:
    """The address tries are counted by: IPv4 as it is, IPv6 by its /64; behind proxies only when configured."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        abort(400)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
