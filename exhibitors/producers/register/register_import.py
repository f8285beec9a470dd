"""A spreadsheet on its way into the register: its cells, how its columns are read, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, defer, joinedload, mapped_column, relationship

from accounts.permissions import MAY, Act
from accounts.user import User
from exhibitors.producers.register.import_register import ImportReport, import_register
from exhibitors.producers.register.register_sheet import HEADS, NEEDED, guess_columns, read_register
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.refusal import Refused


class RegisterImport(Base):
    """One spreadsheet. Its cells are let go once it was brought in: they hold telephones and personal numbers."""

    __tablename__ = "register_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    cells: Mapped[list[list[str]]] = mapped_column(JSON)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    uploaded_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    uploader: Mapped[User] = relationship()


def may_keep_register(actor: Actor | None, *things: object) -> bool:
    """Managers and owners of organising bodies, and administrators."""
    if actor is None:
        return False
    return actor.is_admin or any(Act.KEEP_REGISTER in MAY[role] for role in actor.organiser_roles.values())


def may_see_import(actor: Actor | None, made: RegisterImport) -> bool:
    """Whoever sent the sheet, for it holds telephones and personal numbers; administrators too."""
    return actor is not None and may_keep_register(actor) and (actor.is_admin or made.uploaded_by == actor.user_id)


def upload_register(session: Session, actor: Actor, name: str, content: bytes) -> RegisterImport:
    """Read a spreadsheet and guess its columns; refuses as `read_register` does."""
    cells = read_register(content)
    made = RegisterImport(
        name=name[:120],
        cells=cells,
        columns=guess_columns(cells[0]),
        uploaded_by=actor.user_id,
        uploaded_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record(session, actor, "register.upload", made, new={"rows": len(cells) - 1})
    return made


def choose_columns(made: RegisterImport, columns: dict[str, int]) -> None:
    """Say which column is what. Refuses register_brought_in, columns_unknown and name_column_missing."""
    if made.applied_at is not None:
        raise Refused("register_brought_in")
    if not set(columns) <= set(HEADS) or not set(columns.values()) <= set(range(len(made.cells[0]))):
        raise Refused("columns_unknown")
    if not set(NEEDED) <= set(columns):
        raise Refused("name_column_missing")
    made.columns = dict(columns)


def try_register(session: Session, actor: Actor, made: RegisterImport) -> ImportReport:
    """What bringing it in would do now; nothing is written."""
    return import_register(session, actor, made.cells, made.columns, for_good=False)


def bring_in_register(session: Session, actor: Actor, made: RegisterImport) -> ImportReport:
    """Bring it in, keep the report, let its cells go; refuses register_brought_in and name_column_missing."""
    session.refresh(made, with_for_update={"of": RegisterImport})
    if made.applied_at is not None:
        raise Refused("register_brought_in")
    if not set(NEEDED) <= set(made.columns):
        raise Refused("name_column_missing")
    report = import_register(session, actor, made.cells, made.columns, for_good=True)
    counts = {name: getattr(report, name) for name in COUNTS}
    made.report = counts | {"refused": [number for number, _ in report.refused]}
    made.cells, made.applied_at = [], clock.now()
    session.flush()
    record(session, actor, "register.bring_in", made, new=counts)
    return report


COUNTS = ("rows", "units_new", "units_changed", "products_new", "products_changed", "unchanged")


def register_imports(session: Session, actor: Actor) -> list[RegisterImport]:
    """The newest imports that the person may see, without their cells."""
    query = select(RegisterImport).options(defer(RegisterImport.cells), joinedload(RegisterImport.uploader))
    if not actor.is_admin:
        query = query.where(RegisterImport.uploaded_by == actor.user_id)
    return list(session.scalars(query.order_by(RegisterImport.id.desc()).limit(30)))
