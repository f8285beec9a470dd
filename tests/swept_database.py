"""Brings a PostgreSQL database back to what it held, ten times quicker than a new copy and with connections left open.

A copy is 600 files, and every connection to it reads the catalogue anew: together half of what a test cost the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
FILLED = f"{TABLES} AND pg_relation_size(oid) > 0"
COUNTERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
SCHEMA = """
    SELECT (SELECT sum(xmin::text::bigint) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
        (SELECT sum(xmin::text::bigint) FROM pg_attribute WHERE attrelid >= 16384),
        (SELECT sum(xmin::text::bigint) FROM pg_trigger WHERE oid >= 16384),
        (SELECT sum(xmin::text::bigint) FROM pg_constraint WHERE oid >= 16384),
        (SELECT sum(xmin::text::bigint) FROM pg_proc WHERE oid >= 16384)
"""
"""Each definition carries the number of the transaction that wrote it; PostgreSQL's own have the numbers below."""
VERSIONS = "alembic_version"
MOST_SWEEPS = 100
"""Deleted rows stay in the files; after so many times a new copy is quicker."""

Answer = tuple[Any, ...] | None


@dataclass
class SweptDatabase:
    """A database as it is when this is made: `sweep` brings back its rows and counters, not its definitions."""

    url: str
    sweeps: int = 0
    connection: psycopg.Connection[tuple[Any, ...]] = field(init=False)
    schema: Answer = field(init=False)
    counters: dict[str, int | None] = field(init=False)
    rows: dict[str, bytes] = field(init=False)
    stamps: dict[str, Answer] = field(init=False)

    def __post_init__(self) -> None:
        self.connection = psycopg.connect(self.url, autocommit=True)
        # deletes may come in any order, and the audit trail refuses none
        self.connection.execute("SET session_replication_role = replica")
        self.connection.execute("SET lock_timeout = '500ms'")
        self.schema = self._one(SCHEMA)
        self.counters = dict(self.connection.execute(COUNTERS).fetchall())
        self.stamps = self._stamps()
        self.rows = {name: self._read(name) for name in self.stamps}

    def sweep(self) -> bool:
        """True when all is as it was; False when only a new copy helps: definitions changed, a row is locked, or a
        test threw everybody out.
        """
        try:
            return self._sweep()
        except psycopg.OperationalError:  # LockNotAvailable is one
            return False

    def _sweep(self) -> bool:
        self.sweeps += 1
        if self.sweeps > MOST_SWEEPS or self._one(SCHEMA) != self.schema:
            return False
        filled = [name for (name,) in self.connection.execute(FILLED)]
        now = self._stamps_of([name for name in filled if name in self.rows])
        dirty = [name for name in filled if name not in self.rows or now[name] != self.stamps[name]]
        if VERSIONS in dirty:
            return False
        with self.connection.transaction():
            self._replace({name: self.rows.get(name, b"") for name in dirty})
            self._set_counters(self.counters)
        self.stamps |= self._stamps_of([name for name in dirty if name in self.rows])
        return True

    @contextmanager
    def keeping(self) -> Iterator[list[Any]]:
        """Within the block somebody writes; the list then holds each changed table's rows, and the counters."""
        stamps = self._stamps()
        kept: list[Any] = []
        yield kept
        changed = [name for name, stamp in self._stamps().items() if stamp != stamps.get(name)]
        counters = dict(self.connection.execute(COUNTERS).fetchall())
        kept += [{name: self._read(name) for name in changed}, counters]

    def bring(self, *rows: list[Any]) -> None:
        """What `keeping` kept, one time after the other, is there again."""
        tables: dict[str, bytes] = {}
        for changed, _ in rows:
            tables |= changed
        counters = rows[-1][1]
        with self.connection.transaction():
            self._replace(tables)
            self._set_counters(counters)

    def close(self) -> None:
        """Leave the database, so that it can be dropped."""
        self.connection.close()

    def _stamps(self) -> dict[str, Answer]:
        return self._stamps_of([name for (name,) in self.connection.execute(FILLED)])

    def _stamps_of(self, tables: list[str]) -> dict[str, Answer]:
        """What no insert, update or delete leaves the same: how many rows, and who wrote them. One question for all."""
        each = sql.SQL("SELECT {}, count(*), sum(xmin::text::bigint) FROM {}")
        asked = [each.format(sql.Literal(name), sql.Identifier(name)) for name in tables]
        found = self.connection.execute(sql.SQL(" UNION ALL ").join(asked)) if asked else ()
        return {name: tuple(stamp) for name, *stamp in found}

    def _one(self, question: str) -> Answer:
        return self.connection.execute(question.encode()).fetchone()

    def _read(self, table: str) -> bytes:
        order = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self.connection.cursor() as cursor, cursor.copy(order) as copied:
            return b"".join(bytes(part) for part in copied)

    def _replace(self, tables: dict[str, bytes]) -> None:
        """These tables hold these rows and no others."""
        emptied = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables]
        if emptied:
            self.connection.execute(sql.SQL("; ").join(emptied))
        for name, rows in tables.items():
            if rows:
                order = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
                with self.connection.cursor() as cursor, cursor.copy(order) as copied:
                    copied.write(rows)

    def _set_counters(self, counters: dict[str, int | None]) -> None:
        present = self.connection.execute(COUNTERS).fetchall()
        set_one = sql.SQL("SELECT setval({}::regclass, {}, {})")
        wanted = [
            set_one.format(sql.Literal(f'"{name}"'), sql.Literal(before or 1), sql.Literal(bool(before)))
            for name, now in present
            if now != (before := counters.get(name))
        ]
        if wanted:
            self.connection.execute(sql.SQL("; ").join(wanted))
