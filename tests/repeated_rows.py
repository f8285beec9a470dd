"""Many of the same: one is made by the verbs, the others are its rows once more, with other keys and another number.

Thirty applications by the verbs take a second, as copies of one a fiftieth of that. For tests to which the many are the
ground, not the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from foundation.database import Base

Made = TypeVar("Made")
MARK = "000"
"""What stands in the words of the first, where the copies say "001", "002" and so on."""
LEFT_OUT = frozenset({"audit_entry", "outbox_letter"})
"""The trail is sealed line by line, and letters tell what happened: neither is made up."""


def repeat(
    session: Session,
    times: int,
    make: Callable[[], Made],
    *,
    instead: Mapping[str, Sequence[int]] | None = None,
) -> Made:
    """What `make()` answers, which now is there `times` more: every new row with a key of its own, each unique text
    made another, not yet committed; `instead` gives by "table.column" what the copies hold there, one after the other.
    """
    session.flush()
    before = {table: _last_key(session, table) for table in _tables()}
    made = make()
    session.flush()
    copier = _Copier(instead or {})
    for table, last in before.items():
        found = session.execute(sa.select(table).where(table.c.id > last).order_by(table.c.id)).mappings().all()
        if found:
            copier.note(table, [dict(row) for row in found])
    for table in copier.rows:
        session.execute(
            sa.insert(table), [row for number in range(1, times + 1) for row in copier.copies(table, number)]
        )
        _count_on(session, table)
    session.expire_all()
    return made


@dataclass
class _Copier:
    """Knows the rows that were made and the keys that their copies have."""

    instead: Mapping[str, Sequence[int]]
    rows: dict[sa.Table, list[dict[str, Any]]] = field(default_factory=dict)
    places: dict[str, dict[int, int]] = field(default_factory=dict)

    def note(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        """These were made."""
        self.rows[table] = rows
        self.places[table.name] = {row["id"]: place for place, row in enumerate(rows)}

    def copies(self, table: sa.Table, number: int) -> list[dict[str, Any]]:
        """The rows of this table once more, for the copy of this number."""
        return [{name: self._value(table.c[name], row[name], number) for name in row} for row in self.rows[table]]

    def _value(self, column: sa.Column[Any], value: Any, number: int) -> Any:
        if (given := self.instead.get(f"{column.table.name}.{column.name}")) is not None:
            return given[number - 1]
        if column.primary_key:
            return self._key(column.table.name, value, number)
        for named in column.foreign_keys:
            if value in self.places.get(named.column.table.name, ()):
                return self._key(named.column.table.name, value, number)
        return _words(column, value, number) if isinstance(value, str) else value

    def _key(self, table: str, value: int, number: int) -> int:
        places = self.places[table]
        return max(places) + 1 + (number - 1) * len(places) + places[value]


def _words(column: sa.Column[Any], value: str, number: int) -> str:
    if MARK in value:
        return value.replace(MARK, f"{number:03}")
    alone = column.unique or any(index.unique and list(index.columns) == [column] for index in column.table.indexes)
    if not alone:
        return value
    return f"{value}{number}"[-(getattr(column.type, "length", None) or 1_000) :]


def _tables() -> list[sa.Table]:
    return [table for table in Base.metadata.sorted_tables if "id" in table.c and table.name not in LEFT_OUT]


def _last_key(session: Session, table: sa.Table) -> int:
    return session.scalar(sa.select(sa.func.max(table.c.id))) or 0


def _count_on(session: Session, table: sa.Table) -> None:
    """PostgreSQL counts keys apart from the rows: the next one comes after the copies."""
    if session.get_bind().dialect.name == "postgresql":
        name = session.get_bind().dialect.identifier_preparer.format_table(table)
        session.scalar(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(name, "id"), _last_key(session, table))))
