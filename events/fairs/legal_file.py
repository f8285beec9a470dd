"""The file of a fair's legal document: kept for the organising body alone."""

from __future__ import annotations

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.legal_basis import ensure_legal_basis
from events.fairs.permissions import may_read_desk
from foundation.actor import Actor
from foundation.file_store import FileStore
from foundation.keep_files import drop_file, keep_file
from foundation.stored_file import FilePurpose, StoredFile, register_purpose


def may_read_legal_file(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """Members of the organising body."""
    fair = session.get(Fair, stored.subject_id) if actor is not None else None
    return actor is not None and fair is not None and may_read_desk(actor, fair)


LEGAL_DOCUMENT = register_purpose(FilePurpose("legal_document", may_read_legal_file))


def keep_legal_file(
    session: Session, actor: Actor, store: FileStore, fair: Fair, *, name: str, content: bytes
) -> StoredFile:
    """Keep the document in place of the one before. Refuses what `keep_file` refuses."""
    legal = ensure_legal_basis(session, fair)
    old = legal.file
    stored = keep_file(
        session, actor, store, LEGAL_DOCUMENT, name=name, content=content, subject_id=fair.id, fair_id=fair.id
    )
    legal.file = stored
    session.flush()
    if old is not None:
        drop_file(session, actor, store, old, fair_id=fair.id)
    return stored


def drop_legal_file(session: Session, actor: Actor, store: FileStore, fair: Fair) -> None:
    """Remove the document; nothing happens when there is none."""
    legal = ensure_legal_basis(session, fair)
    old = legal.file
    if old is not None:
        legal.file = None
        session.flush()
        drop_file(session, actor, store, old, fair_id=fair.id)
