"""Keep a file that somebody sent, or let it go; the folder follows the transaction."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.file_kinds import FileKind, clean_file_name, is_heic, is_whole_pdf, sniff, spoken_kinds
from foundation.file_store import FileStore
from foundation.refusal import Refused
from foundation.stored_file import WHOLE, FilePurpose, StoredFile

LONGEST_UNKNOWN = timedelta(days=1)
"""How long bytes without a row may lie there: an upload that is just being written has none yet."""


def keep_file(
    session: Session,
    actor: Actor | None,
    store: FileStore,
    purpose: FilePurpose,
    *,
    name: str,
    content: bytes,
    subject_id: int | None = None,
    fair_id: int | None = None,
) -> StoredFile:
    """Keep what was sent under a random key; pictures are drawn anew, papers kept byte for byte.

    Refuses file_empty, file_too_large, file_kind_refused, file_cut_off, picture_too_large and picture_unreadable.
    Written files vanish when the transaction is taken back.
    """
    kind = _kind_of(purpose, content)
    key = secrets.token_hex(16)
    if kind.is_picture:
        from foundation.pictures import remake_picture  # Pillow takes 12 MB: loaded with the first picture

        made = remake_picture(content, purpose.sizes)
        kind = next(iter(made.values())).kind
        parts = {size: copy.content for size, copy in made.items()}
        copies = {size: [copy.width, copy.height] for size, copy in made.items()}
    else:
        parts, copies = {WHOLE: content}, {WHOLE: [0, 0]}
    stored = StoredFile(
        key=key, purpose=purpose.name, subject_id=subject_id, name=clean_file_name(name, kind), kind=kind.value,
        size=sum(map(len, parts.values())), digest=hashlib.sha256(b"".join(parts.values())).hexdigest(), copies=copies,
        uploaded_by=actor.user_id if actor else None, uploaded_at=clock.now(),
    )  # fmt: skip
    for copy, part in parts.items():
        _written(session).append(store.path(key, stored.ending_of(copy)))
        store.write(key, stored.ending_of(copy), part)
    session.add(stored)
    session.flush()
    record(session, actor, "file.keep", stored, fair_id=fair_id, new={"purpose": purpose.name, "kind": kind.value})
    return stored


def drop_file(
    session: Session, actor: Actor | None, store: FileStore, stored: StoredFile, *, fair_id: int | None = None
) -> None:
    """Let a file go; its bytes are removed once that is committed."""
    leaving: list[Path] = session.info.setdefault("files_leaving", [])
    leaving += [store.path(stored.key, stored.ending_of(copy)) for copy in stored.copies]
    record(session, actor, "file.drop", stored, fair_id=fair_id, old={"purpose": stored.purpose, "kind": stored.kind})
    session.delete(stored)
    session.flush()


def sweep_files(session: Session, store: FileStore) -> int:
    """Remove what lies in the store without a row (a process was ended in the middle); answers how many files."""
    known = set(session.scalars(select(StoredFile.key)))
    oldest = (clock.now() - LONGEST_UNKNOWN).timestamp()
    strays = [path for key, path in store.all_files() if key not in known and path.stat().st_mtime < oldest]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _kind_of(purpose: FilePurpose, content: bytes) -> FileKind:
    if not content:
        raise Refused("file_empty")
    if len(content) > purpose.most_bytes:
        raise Refused("file_too_large", most=purpose.most_bytes // 1_000_000)
    kind = FileKind.JPEG if is_heic(content) else sniff(content)
    if kind is None or kind not in purpose.kinds:
        raise Refused("file_kind_refused", kinds=spoken_kinds(purpose.kinds))
    if kind is FileKind.PDF and not is_whole_pdf(content):
        raise Refused("file_cut_off")
    return kind


def _written(session: Session) -> list[Path]:
    written: list[Path] = session.info.setdefault("files_written", [])
    return written


@event.listens_for(Session, "after_commit")
def _note_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("files_written", None)
        for path in session.info.pop("files_leaving", ()):
            path.unlink(missing_ok=True)


@event.listens_for(Session, "after_transaction_end")
def _undo_written(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # what a commit has not taken off the list was taken back
        session.info.pop("files_leaving", None)
        for path in session.info.pop("files_written", ()):
            path.unlink(missing_ok=True)
