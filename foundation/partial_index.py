"""Indexes over some of a table's rows, named once for both databases."""

from __future__ import annotations

from sqlalchemy import Index, MetaData, text

CONDITION = "condition"


def partial_index(name: str, *columns: str, where: str, unique: bool = True) -> Index:
    """An index over the rows for which `where` holds.

    Named as PostgreSQL's option here, it would have SQLAlchemy import all drivers of that database wherever a noun is
    imported: 5 MB of every worker and a twentieth of its start, for what only migrations ask.
    """
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, info={CONDITION: condition})


def tell_postgresql(metadata: MetaData) -> None:
    """Name the conditions to PostgreSQL as well: before tables are compared or made there."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if CONDITION in index.info:
                index.dialect_options["postgresql"]["where"] = index.info[CONDITION]
