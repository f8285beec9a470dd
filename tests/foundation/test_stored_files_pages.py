"""Kept files over the web: headers that let nothing in them act, and 404 for whom they are not."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from flask import render_template_string, request
from PIL import Image

from foundation.file_store import FileStore
from foundation.house_form import HouseForm
from foundation.keep_files import keep_file
from foundation.refusal import Refused
from foundation.settings import Settings
from foundation.stored_file import FilePurpose, StoredFile, register_purpose
from foundation.upload_form import UploadField

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient, FlaskCliRunner
    from sqlalchemy.orm import Session

PDF = b"%PDF-1.7\n%%EOF\n"
SECRET = register_purpose(FilePurpose("test_secret", lambda _session, actor, _stored: actor is not None))
OPEN = register_purpose(FilePurpose("test_open", lambda *_: True))


def keep(session: Session, settings: Settings, purpose: FilePurpose, name: str, content: bytes) -> StoredFile:
    stored = keep_file(session, None, FileStore(settings.data_dir / "files"), purpose, name=name, content=content)
    session.commit()
    return stored


def a_picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (1000, 500), "navy").save(written, "JPEG")
    return written.getvalue()


def test_picture_is_shown_in_place(client: FlaskClient, session: Session, settings: Settings) -> None:
    stored = keep(session, settings, OPEN, "bìa.jpg", a_picture())
    answer = client.get(f"/files/{stored.key}/small", buffered=True)
    shown = Image.open(BytesIO(answer.data))
    assert (answer.status_code, answer.content_type, shown.size) == (200, "image/jpeg", (480, 240))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=3600, immutable"
    assert answer.headers["Content-Disposition"].startswith("inline")
    again = client.get(f"/files/{stored.key}/small", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/files/{stored.key}/large", buffered=True).headers["ETag"] != answer.headers["ETag"]


def test_paper_is_offered_for_saving(client: FlaskClient, session: Session, settings: Settings) -> None:
    stored = keep(session, settings, OPEN, "Kế hoạch 48.pdf", PDF)
    answer = client.get(f"/files/{stored.key}", buffered=True)
    assert (answer.data, answer.content_type) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Ke hoach 48.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%2048.pdf"
    )


def test_file_of_others_looks_like_none(client: FlaskClient, session: Session, settings: Settings) -> None:
    stored = keep(session, settings, SECRET, "a.pdf", PDF)
    statuses = [client.get(f"/files/{key}").status_code for key in (stored.key, "0" * 32, "..%2f..%2fsecret-key")]
    assert statuses == [404, 404, 404]


def test_copy_that_is_not_there_is_none(client: FlaskClient, session: Session, settings: Settings) -> None:
    stored = keep(session, settings, OPEN, "a.pdf", PDF)
    statuses = [
        client.get(f"/files/{stored.key}/{copy}", buffered=True).status_code
        for copy in ("whole", "large", "..", "%2e%2e")
    ]
    assert statuses[:2] == [200, 404]
    assert set(statuses[2:]) <= {404, 308}


def test_lost_bytes_are_a_404_and_no_crash(client: FlaskClient, session: Session, settings: Settings) -> None:
    stored = keep(session, settings, OPEN, "a.pdf", PDF)
    FileStore(settings.data_dir / "files").path(stored.key, "whole.pdf").unlink()
    assert client.get(f"/files/{stored.key}").status_code == 404


class PaperForm(HouseForm):
    """A form with a file."""

    paper = UploadField("Paper", SECRET)


def test_field_reads_what_was_sent(app: Flask) -> None:
    sent = {"paper": (BytesIO(PDF), "a.pdf")}
    with app.test_request_context(method="POST", data=sent, content_type="multipart/form-data"):
        assert PaperForm.from_request().paper.sent() == ("a.pdf", PDF)
        request.files["paper"].close()
    for data in ({}, {"paper": "only words"}, {"paper": (BytesIO(b""), "")}):
        with app.test_request_context(method="POST", data=data, content_type="multipart/form-data"):
            form = PaperForm.from_request()
            assert form.paper.sent() is None
            with pytest.raises(Refused) as refused:
                form.paper.sent_or_refused()
            assert refused.value.reason == "file_missing"


def test_field_names_the_kinds_it_takes(app: Flask) -> None:
    with app.test_request_context():
        shown = render_template_string("{{ form.paper() }}", form=PaperForm.from_request())
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf,image/heic,image/heif,.heic"' in shown
    assert 'type="file"' in shown


def test_sweep_command(runner: FlaskCliRunner, session: Session, settings: Settings) -> None:
    keep(session, settings, OPEN, "a.pdf", PDF)
    result = runner.invoke(args=["sweep-files"])
    assert (result.exit_code, result.output) == (0, "0 stray files removed\n")
    assert session.scalar(sa.select(sa.func.count(StoredFile.id))) == 1
