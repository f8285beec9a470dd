"""What an answer carries over TLS and over plain HTTP, and which hosts we answer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from foundation.security_headers import trusted_hosts
from foundation.settings import Settings
from foundation.static_files import static_url
from tests.ground import app_for

YEAR = 31_536_000


@pytest.fixture
def open_app(settings: Settings) -> Iterator[Flask]:
    """The app as it stands in the open, behind TLS."""
    made = app_for(replace(settings, host="0.0.0.0", base_url="https://fairs.example.vn"))  # noqa: S104 - as in the open
    yield made
    with made.app_context():
        made.extensions["sqlalchemy"].engine.dispose()


@pytest.mark.parametrize("path", ["/fairs", "/sign-in", "/khong-co", "/calendar/quang-ninh.ics", "/static"])
def test_over_tls_browsers_are_told_to_stay_there(open_app: Flask, path: str) -> None:
    path = static_url("favicon.svg") if path == "/static" else path
    answer = open_app.test_client().head(path, base_url="https://fairs.example.vn")
    rules = answer.headers["Strict-Transport-Security"].split("; ")
    assert int(rules[0].removeprefix("max-age=")) >= YEAR


def test_over_plain_http_nothing_is_said_of_tls(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/fairs").headers


def test_cookie_over_tls_is_bound_to_host_and_tls(open_app: Flask) -> None:
    cookie = open_app.test_client().get("/sign-in", base_url="https://fairs.example.vn").headers["Set-Cookie"]
    assert cookie.startswith("__Host-gianhang=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert len(cookie) < 4096


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1", "localhost", "fairs.example.vn.evil.test", "a b", ""])
def test_foreign_host_is_refused_in_the_open(open_app: Flask, host: str) -> None:
    answer = open_app.test_client().get("/", headers={"Host": host}, base_url="https://fairs.example.vn")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("host", "base_url", "trusted"),
    [
        ("0.0.0.0", "https://fairs.example.vn", ["fairs.example.vn"]),  # noqa: S104 - as in the open
        ("0.0.0.0", "https://fairs.example.vn:8443/x", ["fairs.example.vn"]),  # noqa: S104 - as in the open
        ("127.0.0.1", "http://127.0.0.1:8000", ["127.0.0.1", "[::1]", "localhost"]),
        ("127.0.0.1", "https://fairs.example.vn", ["127.0.0.1", "[::1]", "fairs.example.vn", "localhost"]),
        ("::1", "http://[::1]:8000", ["127.0.0.1", "[::1]", "localhost"]),
    ],
)
def test_hosts_we_answer_to(settings: Settings, host: str, base_url: str, trusted: list[str]) -> None:
    assert trusted_hosts(replace(settings, host=host, base_url=base_url)) == trusted
