"""When a public page last said something else, where nothing else keeps that: pictures, merged units, what left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import clock
from foundation.database import Base, insert_into, read_rows


class PageFamily(StrEnum):
    """Whose page it is."""

    FAIR = "fair"
    PRODUCER = "producer"
    PRODUCT = "product"


class PageChange(Base):
    """The last such change of one page."""

    __tablename__ = "page_change"

    family: Mapped[str] = mapped_column(String(10), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


def pages_changed(session: Session, family: PageFamily, thing_ids: Iterable[int | None]) -> None:
    """Say that the pages of these things say something else from now on; no thing (None) is passed over."""
    ids = sorted({key for key in thing_ids if key is not None})
    if not ids:
        return
    connection = session.connection()
    rows = insert_into(connection, PageChange).values(
        [{"family": family, "thing_id": key, "at": clock.now()} for key in ids]
    )
    same = [PageChange.family, PageChange.thing_id]
    connection.execute(rows.on_conflict_do_update(index_elements=same, set_={"at": rows.excluded.at}))


def page_changes(session: Session, family: PageFamily) -> dict[int, datetime]:
    """By number of the thing; one question."""
    rows = read_rows(session, select(PageChange.thing_id, PageChange.at).where(PageChange.family == family))
    return {row.thing_id: row.at for row in rows}
