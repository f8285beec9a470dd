"""The development mailbox: open only while trying the program on one's own machine; what it shows is text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from accounts.sign_up import sign_up
from foundation.database import make_session
from foundation.mailbox_pages import linked
from foundation.settings import Settings
from tests.cast import BASE_URL, PASSWORD
from tests.ground import app_for


@contextmanager
def app_with(settings: Settings, **changed: object) -> Iterator[Flask]:
    made = app_for(replace(settings, **changed))
    yield made
    with made.app_context():
        made.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def letter(engine: sa.Engine) -> None:
    """One letter with a link that opens an account."""
    with make_session(engine) as session:
        sign_up(session, email="mai@example.vn", name="Mai", password=PASSWORD, language="vi", base_url=BASE_URL)
        session.commit()


def test_letters_are_read_with_their_links(client: FlaskClient, letter: None) -> None:
    assert "mai@example.vn" in client.get("/mailbox").get_data(as_text=True)
    body = client.get("/mailbox/1").get_data(as_text=True)
    assert f'<a href="{BASE_URL}/sign-up/confirm/' in body
    assert client.get("/mailbox/99").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"mail_url": "smtp://mail.example.vn"},
        {"host": "0.0.0.0"},  # noqa: S104 - that is what must close it
        {"base_url": "https://fairs.example.vn"},
        {"trusted_proxies": 1},
    ],
    ids=["mail server", "listens to all", "public address", "behind a proxy"],
)
@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/1"])
def test_mailbox_is_not_there_in_production(
    settings: Settings, letter: None, changed: dict[str, object], path: str
) -> None:
    with app_with(settings, **changed) as app:
        host = str(changed.get("base_url", "http://127.0.0.1:8000"))
        assert app.test_client().get(path, base_url=host).status_code in {400, 404}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP"])
def test_mailbox_is_closed_to_what_a_proxy_passes_on(client: FlaskClient, letter: None, header: str) -> None:
    assert client.get("/mailbox", headers={header: "127.0.0.1"}).status_code == 404


def test_mailbox_is_closed_to_other_machines(client: FlaskClient, letter: None) -> None:
    assert client.get("/mailbox", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<b>đậm</b>", "&lt;b&gt;đậm&lt;/b&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('http://a/"onx=1', '<a href="http://a/&#34;onx=1">http://a/&#34;onx=1</a>'),
    ],
)
def test_letter_is_shown_as_text(body: str, shown: str) -> None:
    assert linked(body) == shown
