"""Seals over the audit trail: one for each entry, each holding the hash of the one before, a chain for each scope."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import String, UniqueConstraint, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.database import Base, insert_into

INSTALLATION = "installation"
"""The scope of all that concerns no fair."""
BEFORE_THE_FIRST = "0" * 64


class AuditSeal(Base):
    """The seal of one entry, `number` counting from 1 within its scope; the database refuses to change or delete it
    (triggers of the migrations).
    """

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("scope", "number"),)

    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last seal of a scope: locked by whoever adds the next one, so that the chain has no forks."""

    __tablename__ = "audit_head"

    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Sealable:
    """What is sealed of an entry: its number, its scope and its canonical text."""

    entry_id: int
    scope: str
    content: str


def scope_of(fair_id: int | None) -> str:
    """The chain an entry belongs to: its fair's, or the installation's."""
    return INSTALLATION if fair_id is None else f"fair:{fair_id}"


def chained(previous: str, number: int, entry: Sealable) -> str:
    """SHA-256 (hexadecimal) over the hash before, the place in the chain and the entry."""
    return hashlib.sha256(f"{previous}\n{entry.scope}\n{number}\n{entry.content}".encode()).hexdigest()


def seal(session: Session, entries: Sequence[Sealable]) -> None:
    """Put the entries at the ends of their chains, in this order; the heads stay locked until the commit."""
    heads = _locked_heads(session, sorted({entry.scope for entry in entries}))
    seals = []
    for entry in entries:
        number, previous = heads[entry.scope]
        heads[entry.scope] = number + 1, chained(previous, number + 1, entry)
        place, hash_ = heads[entry.scope]
        seals.append({"entry_id": entry.entry_id, "scope": entry.scope, "number": place, "hash": hash_})
    ends = [{"of_scope": scope, "to": number, "end": hash_} for scope, (number, hash_) in heads.items()]
    connection = session.connection()
    connection.execute(_ADD, seals)
    connection.execute(_MOVE, ends)


_ADD = insert(AuditSeal.__table__)  # type: ignore[arg-type]  # a Table at run time
_MOVE = (
    update(AuditHead.__table__)  # type: ignore[arg-type]  # a Table at run time
    .where(AuditHead.scope == bindparam("of_scope"))
    .values(number=bindparam("to"), hash=bindparam("end"))
)
_HEADS = (
    select(AuditHead.scope, AuditHead.number, AuditHead.hash)
    .where(AuditHead.scope.in_(bindparam("scopes", expanding=True)))
    .order_by(AuditHead.scope)
    .with_for_update()
)


def _locked_heads(session: Session, scopes: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Number and hash of each scope's last seal; locked in the order of their names, so that nobody waits in a ring."""
    connection = session.connection()
    found = connection.execute(_HEADS, {"scopes": scopes}).all()
    if len(found) < len(scopes):
        known = {row.scope for row in found}
        new = [{"scope": scope, "number": 0, "hash": BEFORE_THE_FIRST} for scope in scopes if scope not in known]
        connection.execute(insert_into(connection, AuditHead).values(new).on_conflict_do_nothing())
        found = connection.execute(_HEADS, {"scopes": scopes}).all()
    return {row.scope: (row.number, row.hash) for row in found}


def head_of(session: Session, scope: str) -> tuple[int, str]:
    """Number and hash of the last seal, for somebody outside to keep; 0 and zeros before the first."""
    row = session.execute(select(AuditHead.number, AuditHead.hash).where(AuditHead.scope == scope)).first()
    return (row.number, row.hash) if row else (0, BEFORE_THE_FIRST)
