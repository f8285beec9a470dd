"""A line for each request that helps the operator and tells nothing of the person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from foundation.settings import Settings
from foundation.structured_log import set_up_logging
from tests.ground import app_for, close_connections

Read = Callable[[], list[dict[str, object]]]


@pytest.fixture
def own_app(settings: Settings) -> Iterator[Flask]:
    """An app that the test may change."""
    made = app_for(settings)
    yield made
    close_connections(made)


@pytest.fixture
def lines(app: Flask) -> Iterator[Read]:
    """Call `lines()` for what has been logged since."""
    written = StringIO()

    def read() -> list[dict[str, object]]:
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        return [json.loads(line) for line in text.splitlines()]

    set_up_logging()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(written), cache_logger_on_first_use=False)
    yield read
    set_up_logging(testing=True)


def test_request_is_one_line_with_its_number_and_pattern(client: FlaskClient, lines: Read) -> None:
    answer = client.get("/fairs/khong-co?q=bi-mat")
    line = lines()[-1]
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["route"], line["method"], line["status"], line["user_id"]) == ("/fairs/<slug>", "GET", 404, None)
    assert "bi-mat" not in str(line)


def test_kept_answer_has_its_line_too(client: FlaskClient, lines: Read) -> None:
    client.get("/fairs")
    client.get("/fairs")
    assert [line.get("kept") for line in lines()] == [None, True]


def test_watch_makes_no_lines(client: FlaskClient, lines: Read) -> None:
    client.get("/healthz")
    client.get("/readyz")
    assert lines() == []


def test_surprise_is_told_without_what_was_typed(own_app: Flask, lines: Read) -> None:
    typed = ("0912345678", "mai@example.vn")

    def break_down() -> str:
        raise ValueError(*typed)

    own_app.add_url_rule("/break", view_func=break_down)
    answer = own_app.test_client().get("/break?token=bi-mat")
    told = lines()
    text = json.dumps(told, ensure_ascii=False)
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in text
    assert "ValueError" in text
    assert "break_down" in text
    assert not any(word in text for word in (*typed, "bi-mat"))


def test_line_breaks_in_headers_make_no_line(client: FlaskClient, lines: Read) -> None:
    client.get("/fairs", headers={"User-Agent": 'x {"event": "forged"}'})
    assert all(line["event"] == "request" for line in lines())
