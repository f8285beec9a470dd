"""A file that somebody sent: what it is for, what it really is, who may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.actor import Actor
from foundation.database import Base
from foundation.file_kinds import PAPERS, FileKind

MOST_BYTES = 10_000_000
WHOLE = "whole"
"""The name of the only copy of what is no picture."""
PICTURE_SIZES: Mapping[str, int] = {"large": 1600, "small": 480}


class StoredFile(Base):
    """One file; its bytes lie in the store under its key, one for each of its copies."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        Index("ix_stored_file_purpose_subject_id", "purpose", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    copies: Mapped[dict[str, Any]] = mapped_column(JSON)
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime]

    @property
    def media_type(self) -> str:
        """The type it is served with."""
        return FileKind(self.kind).media_type

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in a page."""
        return FileKind(self.kind).is_picture

    def ending_of(self, copy: str) -> str:
        """What stands behind the key in the store."""
        return f"{copy}.{self.kind}"

    def pixels_of(self, copy: str) -> tuple[int, int]:
        """Width and height of a copy of a picture."""
        width, height = self.copies[copy]
        return width, height


MayRead = Callable[[Session, Actor | None, StoredFile], bool]


@dataclass(frozen=True, slots=True)
class FilePurpose:
    """What files are for. `may_read(session, actor, stored)` is asked at each request (actor None: a visitor);
    `sizes` are the copies made of a picture, name → longest side in pixels.
    """

    name: str
    may_read: MayRead
    kinds: frozenset[FileKind] = PAPERS
    most_bytes: int = MOST_BYTES
    sizes: Mapping[str, int] = field(default_factory=lambda: PICTURE_SIZES)


_purposes: dict[str, FilePurpose] = {}


def register_purpose(purpose: FilePurpose) -> FilePurpose:
    """Make a purpose known; each capability registers its own beside the noun that its files belong to."""
    _purposes[purpose.name] = purpose
    return purpose


def may_read_file(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """What the purpose says; a purpose that is no longer known is read by nobody."""
    purpose = _purposes.get(stored.purpose)
    return purpose is not None and purpose.may_read(session, actor, stored)


def find_file(session: Session, key: str) -> StoredFile | None:
    """The file of this key."""
    return session.scalar(select(StoredFile).where(StoredFile.key == key))
