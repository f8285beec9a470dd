"""Whether the audit trail is as it was written: every entry sealed, every seal in its chain, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.audit_seals import BEFORE_THE_FIRST, AuditHead, AuditSeal, chained, scope_of
from foundation.audit_trail import AuditEntry, sealable

AT_ONCE = 2000


class Tampering(StrEnum):
    """What was done to the trail."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    HEAD = "head"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of a scope; `number` counts in its chain, `entry_id` is the entry's where it is known."""

    tampering: Tampering
    scope: str
    number: int
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, to be kept by somebody outside."""

    scope: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were looked at, the ends of the chains, and the first fault of each scope."""

    entries: int
    heads: Sequence[Head]
    faults: Sequence[Fault]


def verify_trail(session: Session, kept: Sequence[Head] = ()) -> Verdict:
    """Go over the whole trail; `kept` are ends of chains that somebody noted earlier. Takes a fresh session."""
    if session.get_bind().dialect.name == "postgresql":  # one state for all questions, as in SQLite
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    ends = session.execute(select(AuditHead.scope, AuditHead.number, AuditHead.hash))
    heads = {row.scope: Head(*row) for row in ends}
    noted: dict[str, dict[int, str]] = {}
    for head in kept:
        noted.setdefault(head.scope, {})[head.number] = head.hash
    faults: dict[str, Fault] = {}
    count, seen = 0, set()
    for scope, rows in groupby(_sealed(session), key=lambda row: str(row["seal_scope"])):
        chain = _Chain(scope, noted.get(scope, {}), heads.get(scope))
        for row in rows:
            count += 1
            chain.take(row)
        seen.add(scope)
        if (fault := chain.end()) is not None:
            faults[scope] = fault
    for scope in sorted({*heads, *noted} - seen):  # the whole chain is gone
        faults[scope] = Fault(Tampering.MISSING, scope, 1)
    found = [faults[scope] for scope in sorted(faults)]
    return Verdict(count, [heads[scope] for scope in sorted(heads)], [*found, *_inserted(session)])


class _Chain:
    """One scope while it is gone over; only its first fault counts, as all that follows hangs on it."""

    def __init__(self, scope: str, noted: Mapping[int, str], head: Head | None) -> None:
        self.scope, self.noted, self.head = scope, noted, head
        self.number, self.hash = 0, BEFORE_THE_FIRST
        self.fault: Fault | None = None

    def take(self, row: Mapping[str, Any]) -> None:
        """The next seal with its entry."""
        if self.fault is not None:
            return
        self.number += 1
        if row["number"] != self.number:
            self.fault = Fault(Tampering.MISSING, self.scope, self.number)
        elif row["id"] is None:
            self.fault = Fault(Tampering.MISSING, self.scope, self.number, row["entry_id"])
        elif self._again(row) != row["hash"]:
            self.fault = Fault(Tampering.CHANGED, self.scope, self.number, row["entry_id"])
        elif self.noted.get(self.number, row["hash"]) != row["hash"]:
            self.fault = Fault(Tampering.KEPT, self.scope, self.number, row["entry_id"])
        self.hash = row["hash"]

    def _again(self, row: Mapping[str, Any]) -> str:
        entry = sealable(row)
        return chained(self.hash, self.number, entry) if entry.scope == self.scope else ""

    def end(self) -> Fault | None:
        """The first fault, also where the chain ends too early or its head says something else."""
        last = max([self.number, *self.noted, self.head.number if self.head else 0])
        if self.fault is None and last > self.number:
            return Fault(Tampering.MISSING, self.scope, self.number + 1)
        if self.fault is None and (self.head is None or self.head.hash != self.hash or self.head.number != last):
            return Fault(Tampering.HEAD, self.scope, self.number)
        return self.fault


def _sealed(session: Session) -> Iterator[Mapping[str, Any]]:
    entry = AuditEntry.__table__
    query = (
        select(
            AuditSeal.entry_id, AuditSeal.scope.label("seal_scope"), AuditSeal.number, AuditSeal.hash, *entry.columns
        )
        .select_from(AuditSeal)
        .outerjoin(entry, entry.c.id == AuditSeal.entry_id)
        .order_by(AuditSeal.scope, AuditSeal.number)
        .execution_options(yield_per=AT_ONCE)
    )
    for row in session.execute(query).mappings():
        yield dict(row)


def _inserted(session: Session) -> list[Fault]:
    """The first entry that nobody has sealed."""
    row = session.execute(
        select(AuditEntry.id, AuditEntry.fair_id)
        .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditSeal.entry_id.is_(None))
        .order_by(AuditEntry.id)
        .limit(1)
    ).first()
    return [Fault(Tampering.INSERTED, scope_of(row.fair_id), 0, row.id)] if row else []
