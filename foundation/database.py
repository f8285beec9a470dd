"""The plain SQLAlchemy side of the database: base class, types, engine and its manners on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from sqlalchemy import DateTime, Engine, Executable, MetaData, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

try:
    # Debian 12's own SQLite (3.40) can lose a database in WAL mode; the wheel brings a repaired one.
    import pysqlite3.dbapi2 as sqlite_module
except ImportError:  # no wheel for this platform
    import sqlite3 as sqlite_module

SQLITE: ModuleType = sqlite_module
QUEUE_SECONDS = 10.0

read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""Set while a safe request (GET, HEAD) is served: the database itself then refuses writes."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime refused: give an aware one")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every noun. `__public__` marks nouns whose change alters what visitors see."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}
    __public__ = False


def engine_options(url: str) -> dict[str, Any]:
    """Keyword arguments for `create_engine` that suit the database behind the address."""
    # looking for forgotten joins costs time and memory with each statement: it is for tests, as asserts are
    # pool_use_lifo: the connection last given back knows the statements, others lie idle
    # query_cache_size: some 230 statements answer every page there is, 70 KB each; with less they are compiled again
    shared = {"enable_from_linting": __debug__, "pool_use_lifo": True, "query_cache_size": 200}
    if url.startswith("sqlite"):
        return shared | {"module": SQLITE, "connect_args": {"timeout": 5, "check_same_thread": False}}
    return shared | {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "pool_recycle": 1800,
        "pool_timeout": 10,
        # jit: our questions take milliseconds, compiling them takes ten and more
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c jit=off",
        },
    }


def database_address(url: str) -> str:
    """The address with the driver that is locked in requirements.txt."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


def make_engine(url: str) -> Engine:
    """An engine with its manners, for scripts, commands and tests; the web side prepares its own the same way."""
    engine = create_engine(database_address(url), **engine_options(url))
    prepare_engine(engine)
    return engine


def make_session(engine: Engine) -> Session:
    """A session as verbs expect it."""
    return Session(engine, expire_on_commit=False)


def read_rows(session: Session, statement: Executable, values: Mapping[str, object] | None = None) -> Sequence[Any]:
    """Plain rows for a page that only looks: on the session's own connection, in its transaction, past its nouns.

    Half the price of `session.execute` for a small question; what the session has not flushed is not seen.
    """
    return session.connection().execute(statement, values).all()


def insert_into(connection: Connection, noun: type[Base]) -> Any:
    """An insert that can say what happens to rows that are there already, in the words of the connection's database."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(noun)
    from sqlalchemy.dialects import postgresql  # reason: brings 5 MB of drivers, to where it is spoken only

    return postgresql.insert(noun)


@contextmanager
def reading_only() -> Iterator[None]:
    """Within this block transactions read only; the database refuses a write."""
    token = read_only.set(True)
    try:
        yield
    finally:
        read_only.reset(token)


def prepare_engine(engine: Engine) -> None:
    """Teach an engine our transactions: see decision 0002."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_sqlite_pragmas)
        _queue_writers(engine)
    else:
        event.listen(engine, "begin", _begin_elsewhere)


def _set_sqlite_pragmas(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "cache_size=-500",
        "temp_store=MEMORY",
        "trusted_schema=OFF",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_elsewhere(connection: Connection) -> None:
    if read_only.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


_write_queues: dict[str, threading.Lock] = {}


def _queue_writers(engine: Engine) -> None:
    """Writers of one process wait in a queue and are woken, instead of polling SQLite's lock asleep."""
    queue = _write_queues.setdefault(str(engine.url), threading.Lock())

    def begin(connection: Connection) -> None:
        info = connection.info
        reading = read_only.get()
        if info.get("query_only") is not reading:
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
            info["query_only"] = reading
        if reading:
            connection.exec_driver_sql("BEGIN")
            return
        if not info.get("in_queue"):
            if not queue.acquire(timeout=QUEUE_SECONDS):
                raise TimeoutError("the database is busy: no turn to write within 10 s")
            info["in_queue"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def leave_queue(connection: Any, record: Any) -> None:
        if record.info.pop("in_queue", False):
            queue.release()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", leave_queue)
