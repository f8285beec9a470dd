"""Every kind of file that comes from a phone or from a stranger, sent into the dossier as a browser sends it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from sqlalchemy.orm import Session

from exhibitors.producers.dossier.dossier_paper import DossierPaper
from foundation.stored_file import StoredFile
from tests.cast import ProducerPlayer
from tests.sent_files import (
    SCRIPT,
    SVG,
    a_pdf,
    a_photo,
    a_picture_bomb,
    a_polyglot,
    a_zip_bomb,
    an_iphone_photo,
    place_in,
)

NEW = "/producer/papers/new"
NAMED = {"kind": "business_registration", "number": "22.8.001234"}
EXE = b"MZ\x90\0" + bytes(200)


@pytest.fixture
def send(visit: Callable[..., Any], player: ProducerPlayer) -> Callable[..., Any]:
    """`send(("a.pdf", bytes), …)` sends files with a paper; answers the person's browser and the answer."""

    def post(*files: tuple[str, bytes], **typed: str) -> Any:
        visitor = visit(player.user.email)
        sent = [(BytesIO(content), name) for name, content in files]
        answer = visitor.post(NEW, files=sent, **(NAMED | typed))
        answer.request.environ["wsgi.input"].close()  # a file where much was sent
        return visitor, answer

    return post


def stored_files(store: Session) -> list[StoredFile]:
    store.rollback()
    return list(store.scalars(sa.select(StoredFile).order_by(StoredFile.id)))


def read(visitor: Any, stored: StoredFile, copy: str = "") -> bytes:
    address = f"/files/{stored.key}" + (f"/{copy}" if copy else "")
    answer = visitor.client.get(address, buffered=True)
    assert answer.status_code == 200
    return bytes(answer.data)


@pytest.mark.parametrize("make", [an_iphone_photo, lambda: a_photo(4000, 3000, with_place=True)])
def test_photo_of_a_phone_is_kept_without_its_place(store: Session, send: Any, make: Callable[[], bytes]) -> None:
    photo = make()
    assert place_in(photo) is not None
    visitor, answer = send(("IMG_0042.HEIC", photo))
    assert answer.status_code == 303
    (stored,) = stored_files(store)
    for copy, longest in (("", 2000), ("large", 2000), ("small", 480)):
        content = read(visitor, stored, copy)
        with Image.open(BytesIO(content)) as opened:
            assert (opened.format, max(opened.size), bool(opened.getexif())) == ("JPEG", longest, False)
        assert place_in(content) is None
    assert (stored.name, stored.kind) == ("IMG_0042.jpg", "jpg")


def test_paper_of_forty_pages_is_kept_byte_for_byte_and_only_offered_for_saving(store: Session, send: Any) -> None:
    pdf = a_pdf(40)
    visitor, answer = send(("hồ sơ.pdf", pdf))
    assert answer.status_code == 303
    (stored,) = stored_files(store)
    shown = visitor.client.get(f"/files/{stored.key}", buffered=True)
    assert (shown.data, shown.content_type) == (pdf, "application/pdf")
    assert shown.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"] == "private, no-store"


def test_content_counts_and_not_the_ending(store: Session, send: Any) -> None:
    _, answer = send(("giay-phep.jpg", a_pdf(1)), ("anh.pdf", a_photo()))
    assert answer.status_code == 303
    assert [(stored.name, stored.kind) for stored in stored_files(store)] == [
        ("giay-phep.pdf", "pdf"),
        ("anh.jpg", "jpg"),
    ]


def test_polyglot_loses_all_but_its_pixels(store: Session, send: Any) -> None:
    visitor, answer = send(("anh.jpg", a_polyglot()))
    assert answer.status_code == 303
    content = read(visitor, stored_files(store)[0])
    assert (SCRIPT in content, b"PK\x03\x04" in content) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "Tệp này rỗng"),
        ("a.pdf", b"%PDF-1.7" + bytes(11_000_000), "Tệp này quá lớn"),
        ("a.svg", SVG, "Không nhận loại tệp này"),
        ("a.pdf", EXE, "Không nhận loại tệp này"),
        ("a.zip", a_zip_bomb(), "Không nhận loại tệp này"),
        ("a.png", a_picture_bomb(), "triệu điểm ảnh"),
        ("a.jpg", a_photo()[:300], "bị hỏng"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(400), "bị hỏng"),
        ("a.pdf", a_pdf(2)[:-200], "thiếu phần cuối"),
    ],
    ids=["empty", "11 MB", "SVG with script", "program", "zip bomb", "picture bomb", "cut JPEG", "cut HEIC", "cut PDF"],
)
def test_bad_file_is_told_by_its_name_and_nothing_is_kept(
    store: Session, send: Any, name: str, content: bytes, words: str
) -> None:
    _, answer = send((name, content), ("tot.pdf", a_pdf(1)))
    assert answer.status_code == 422
    assert words in answer.text
    assert f"{name}: " in answer.text
    assert NAMED["number"] in answer.text
    assert (stored_files(store), store.scalars(sa.select(DossierPaper)).all()) == ([], [])


def test_all_bad_files_are_named_at_once(send: Any) -> None:
    _, answer = send(("một.svg", SVG), ("hai.zip", a_zip_bomb()), ("ba.pdf", a_pdf(1)))
    assert answer.status_code == 422
    assert ("một.svg: " in answer.text, "hai.zip: " in answer.text, "ba.pdf: " in answer.text) == (True, True, False)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        (unicodedata.normalize("NFD", "Giấy phép kinh doanh số 48.pdf"), "Giấy phép kinh doanh số 48.pdf"),
        ("con\u202efdp.exe", "confdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + ".pdf"),
    ],
)
def test_name_becomes_harmless(store: Session, send: Any, sent: str, kept: str) -> None:
    _, answer = send((sent, a_pdf(1)))
    assert answer.status_code == 303
    assert [stored.name for stored in stored_files(store)] == [kept]


def test_form_sent_twice_makes_one_paper(store: Session, visit: Callable[..., Any], player: ProducerPlayer) -> None:
    visitor = visit(player.user.email)
    for _ in range(2):
        answer = visitor.post(NEW, files=[(BytesIO(a_pdf(1)), "a.pdf")], once="k" * 32, **NAMED)
        assert answer.status_code == 303
    store.rollback()
    assert len(store.scalars(sa.select(DossierPaper)).all()) == 1


def test_request_beyond_all_bounds_is_refused_before_it_is_read(send: Any) -> None:
    _, answer = send(*((f"{number}.pdf", b"%PDF-" + bytes(9_000_000)) for number in range(8)))
    assert answer.status_code == 413
