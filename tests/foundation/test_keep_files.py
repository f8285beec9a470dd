"""Files from strangers: told by content, named by us, gone with the transaction."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from foundation.actor import Actor
from foundation.audit_trail import AuditEntry
from foundation.file_kinds import LONGEST_NAME, PAPERS, PICTURES, FileKind, clean_file_name, sniff
from foundation.file_store import FileStore
from foundation.keep_files import drop_file, keep_file, sweep_files
from foundation.refusal import Refused
from foundation.stored_file import MOST_BYTES, FilePurpose, StoredFile, find_file, may_read_file, register_purpose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ACTOR = Actor(7)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)  # fmt: skip - one picture of one pixel
PAPER = register_purpose(FilePurpose("test_paper", lambda _session, actor, _stored: actor == ACTOR, PAPERS))
COVER = register_purpose(FilePurpose("test_cover", lambda *_: True, PICTURES))


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def lying(store: FileStore) -> list[str]:
    return sorted(path.name.partition("-")[2] for _, path in store.all_files())


def kept(session: Session, store: FileStore, purpose: FilePurpose = PAPER, **sent: object) -> StoredFile:
    return keep_file(session, ACTOR, store, purpose, **{"name": "a.pdf", "content": PDF, **sent})


def test_pdf_is_kept_byte_for_byte(session: Session, store: FileStore) -> None:
    stored = kept(session, store, name="Kế hoạch 48.pdf")
    session.commit()
    path = store.path(stored.key, "whole.pdf")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (PDF, 0o600, 0o700)
    assert (stored.name, stored.kind, stored.size, len(stored.key)) == ("Kế hoạch 48.pdf", "pdf", len(PDF), 32)
    assert find_file(session, stored.key) is stored
    entry = session.scalars(sa.select(AuditEntry)).one()
    assert (entry.what, entry.actor_id, entry.new) == ("file.keep", 7, {"purpose": "test_paper", "kind": "pdf"})


def test_picture_is_kept_in_two_sizes(session: Session, store: FileStore) -> None:
    stored = kept(session, store, COVER, name="bia.png", content=PIXEL)
    assert lying(store) == ["large.png", "small.png"]
    assert (stored.copies, stored.pixels_of("small")) == ({"large": [1, 1], "small": [1, 1]}, (1, 1))


def test_content_decides_not_the_name(session: Session, store: FileStore) -> None:
    stored = kept(session, store, name="giấy phép.jpg", content=PDF)
    assert (stored.name, stored.media_type, lying(store)) == ("giấy phép.pdf", "application/pdf", ["whole.pdf"])


@pytest.mark.parametrize(
    ("purpose", "content", "reason", "facts"),
    [
        (PAPER, b"", "file_empty", {}),
        (PAPER, b"%PDF-" + b"x" * 11_000_000, "file_too_large", {"most": 10}),
        (PAPER, b"%PDF-" + b"x" * (MOST_BYTES - 4), "file_too_large", {"most": 10}),
        (PAPER, SVG, "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP, PDF"}),
        (COVER, SVG, "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP"}),
        (COVER, PDF, "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP"}),
        (PAPER, b"<html><script>alert(1)</script>", "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP, PDF"}),
        (PAPER, b"GIF89a" + b"\0" * 20, "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP, PDF"}),
        (PAPER, b"PK\x03\x04" + b"\0" * 20, "file_kind_refused", {"kinds": "JPG, HEIC, PNG, WEBP, PDF"}),
        (PAPER, b"\0\0\0\x18ftypheic" + b"\0" * 20, "picture_unreadable", {}),
        (PAPER, PDF[:-10], "file_cut_off", {}),
        (PAPER, PIXEL[:40], "picture_unreadable", {}),
    ],
)
def test_bad_file_is_refused_and_leaves_nothing(
    session: Session, store: FileStore, purpose: FilePurpose, content: bytes, reason: str, facts: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        kept(session, store, purpose, name="thing.jpg", content=content)
    assert (refused.value.reason, refused.value.facts, lying(store)) == (reason, facts, [])
    assert session.scalar(sa.select(sa.func.count(StoredFile.id))) == 0


def test_file_at_the_limit_is_taken(session: Session, store: FileStore) -> None:
    content = PDF[:8] + b"\n" * (MOST_BYTES - 14) + b"%%EOF\n"
    assert kept(session, store, content=content).size == MOST_BYTES


# --- with the transaction -------------------------------------------------------------------------------------------


def test_rollback_takes_the_bytes_back(session: Session, store: FileStore) -> None:
    kept(session, store)
    assert lying(store) == ["whole.pdf"]
    session.rollback()
    assert lying(store) == []


def test_dropped_file_goes_when_that_is_committed(session: Session, store: FileStore) -> None:
    stored = kept(session, store)
    session.commit()
    drop_file(session, ACTOR, store, stored)
    session.rollback()
    assert lying(store) == ["whole.pdf"]
    drop_file(session, ACTOR, store, session.scalars(sa.select(StoredFile)).one())
    assert lying(store) == ["whole.pdf"]
    session.commit()
    assert (lying(store), session.scalar(sa.select(sa.func.count(StoredFile.id)))) == ([], 0)


def test_savepoint_commits_nothing_by_itself(session: Session, store: FileStore) -> None:
    with session.begin_nested():
        kept(session, store)
    session.rollback()
    assert lying(store) == []


def test_sweep_removes_old_strays_alone(session: Session, store: FileStore) -> None:
    stored = kept(session, store)
    session.commit()
    for key in ("00" * 16, "11" * 16):
        store.write(key, "whole.pdf", PDF)
    for path in (store.path("00" * 16, "whole.pdf"), store.path(stored.key, "whole.pdf")):
        os.utime(path, (0, 0))
    assert sweep_files(session, store) == 1
    assert sorted(key for key, _ in store.all_files()) == sorted(["11" * 16, stored.key])


# --- who may read ---------------------------------------------------------------------------------------------------


def test_purpose_says_who_may_read(session: Session, store: FileStore) -> None:
    stored = kept(session, store)
    assert [may_read_file(session, actor, stored) for actor in (ACTOR, Actor(8), None)] == [True, False, False]
    stored.purpose = "of a capability that is gone"
    assert may_read_file(session, ACTOR, stored) is False


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\win.ini", "win.pdf"),
        (unicodedata.normalize("NFD", "Kế hoạch số 48.PDF"), "Kế hoạch số 48.pdf"),
        ("ảnh\u202egpj.exe", "ảnhgpj.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "ab Set-Cookie: x.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("QĐ 12. Về việc", "QĐ 12. Về việc.pdf"),
        ("a" * 400 + ".pdf", "a" * (LONGEST_NAME - 5) + ".pdf"),
    ],
)
def test_name_is_made_harmless(typed: str, name: str) -> None:
    assert clean_file_name(typed, FileKind.PDF) == name


@given(st.text(max_size=300))
def test_any_name_becomes_one_part_with_the_true_ending(typed: str) -> None:
    name = clean_file_name(typed, FileKind.PNG)
    assert name.endswith(".png")
    assert 5 <= len(name) <= LONGEST_NAME
    assert not set(name) & set("/\\\0\r\n")
    assert name.strip(". ") == name


@given(st.binary(max_size=64))
def test_sniffing_answers_any_bytes(content: bytes) -> None:
    assert sniff(b"x" + content) is None
