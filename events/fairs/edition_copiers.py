"""What an edition takes over from the one before: each capability registers its own copier here.

    @copies_with_edition(Stage.CALL)
    def copy_quotas(edition: Edition) -> None:
        edition.copy_all(ZoneQuota, ZoneQuota.fair_id == edition.source.id)

`copy_all` copies every column of the rows: days and moments moved, keys of what was copied before led to the copy,
ids and versions made anew. What must not be taken over is said: `edition.copy_all(Paper, …, number="", file_id=None)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from events.fairs.day_shift import DayShift, shift_moment
from events.fairs.fair import Fair
from foundation.actor import Actor
from foundation.database import Base

Noun = TypeVar("Noun", bound=Base)


class Stage(IntEnum):
    """When a copier runs: later stages find the copies of earlier ones."""

    FAIR = 1
    PLAN = 2
    CALL = 3


@dataclass(slots=True)
class Edition:
    """A new edition in the making, and what has been copied for it so far."""

    session: Session
    actor: Actor
    source: Fair
    target: Fair
    shift: DayShift
    copies: dict[tuple[str, int], Base] = field(default_factory=dict)

    def moved(self, value: Any) -> Any:
        """A day or an aware moment where it lies in the new edition; anything else as it is."""
        return _moved(self.shift, value)

    def copy_all(self, noun: type[Noun], *which: ColumnElement[bool], **said: Any) -> list[Noun]:
        """Copy the rows of a noun in the order of their ids; `said` are columns that are not taken over."""
        rows = list(self.session.scalars(select(noun).where(*which).order_by(*inspect(noun).primary_key)))
        made = [noun(**moved_columns(row, self.shift, self.copies) | said) for row in rows]
        self.session.add_all(made)
        self.session.flush()
        for row, copy in zip(rows, made, strict=True):
            self.remember(row, copy)
        return made

    def copy(self, row: Noun, **said: Any) -> Noun:
        """Copy one row; `said` as in `copy_all`."""
        made = type(row)(**moved_columns(row, self.shift, self.copies) | said)
        self.session.add(made)
        self.session.flush()
        self.remember(row, made)
        return made

    def remember(self, row: Base, made: Base) -> None:
        """Say which copy a row became."""
        self.copies[row.__tablename__, row.id] = made  # type: ignore[attr-defined]  # every noun with an id

    def copy_of(self, row: Noun) -> Noun:
        """The copy that a row became."""
        made = self.copies[row.__tablename__, row.id]  # type: ignore[attr-defined]  # the same
        assert isinstance(made, type(row))  # noqa: S101 - for the type checker; `remember` pairs rows of one kind
        return made

    def counts(self) -> dict[str, int]:
        """How many rows of each table were copied."""
        counts: dict[str, int] = {}
        for name, _ in self.copies:
            counts[name] = counts.get(name, 0) + 1
        return counts


def moved_columns(row: Base, shift: DayShift, copies: Mapping[tuple[str, int], Base]) -> dict[str, Any]:
    """What the columns of a copy hold: dates moved, keys of what has been copied led to the copy, no id, no version."""
    mapper = inspect(type(row))
    values: dict[str, Any] = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column.primary_key or column is mapper.version_id_col:
            continue
        value = getattr(row, attribute.key)
        made = next((copies.get((key.column.table.name, value)) for key in column.foreign_keys), None)
        values[attribute.key] = _moved(shift, value) if made is None else made.id  # type: ignore[attr-defined]  # ids
    return values


def _moved(shift: DayShift, value: Any) -> Any:
    if isinstance(value, datetime):
        return shift_moment(shift, value)
    return shift.day(value) if isinstance(value, date) else value


Copier = Callable[[Edition], None]
_copiers: dict[str, tuple[Stage, Copier]] = {}


def copies_with_edition(stage: Stage) -> Callable[[Copier], Copier]:
    """Register a copier; within a stage they run in the order of their names."""

    def register(copier: Copier) -> Copier:
        _copiers[f"{copier.__module__}.{copier.__name__}"] = (stage, copier)
        return copier

    return register


def run_copiers(edition: Edition) -> None:
    """Run all of them, stage by stage."""
    for _, (_, copier) in sorted(_copiers.items(), key=lambda entry: (entry[1][0], entry[0])):
        copier(edition)
