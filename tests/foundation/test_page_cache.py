"""Kept pages: true until the public revision moves, told apart by host, language and address, for visitors alone."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest
from flask import Flask

from foundation import clock
from foundation.database import make_session
from foundation.page_cache import MOST_BYTES, KeptPage, PageCache, Shelf
from tests.cast import an_open_fair, an_organiser

pytestmark = pytest.mark.each_database


def a_page(body: bytes = b"trang", *, revision: int = 1, life: float = 60, day: str | None = None) -> KeptPage:
    return KeptPage(
        packed=gzip.compress(body), plain_size=len(body), etag="abc", content_type="text/html", headers=(),
        revision=revision, day=day or clock.today().isoformat(), kept_until=time.monotonic() + life, last_modified=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "is_true"),
    [({}, True), ({"revision": 2}, False), ({"life": -1}, False), ({"day": "2020-01-01"}, False)],
    ids=["as it was", "of another revision", "too old", "of another day"],
)
def test_page_is_shown_while_it_is_true(facts: dict[str, Any], is_true: bool) -> None:
    page, cache = a_page(**facts), PageCache(read_revision=lambda: 1)
    cache.keep(("vi", "/"), page)
    assert (cache.find(("vi", "/")) is page) is is_true


def test_revision_is_asked_for_once_a_second_and_after_a_change() -> None:
    asked: list[int] = []
    cache = PageCache(read_revision=lambda: asked.append(1) or len(asked))
    assert [cache.present_revision() for _ in range(3)] == [1, 1, 1]
    cache.forget_revision()
    assert cache.present_revision() == 2


def test_shelf_holds_no_more_than_its_bytes_and_lets_the_oldest_go() -> None:
    shelf: Shelf[str] = Shelf()
    third = MOST_BYTES // 3
    for name in "abcd":
        shelf.put((name,), name, third)
    assert [shelf.get((name,)) for name in "abcd"] == [None, "b", "c", "d"]
    shelf.put(("huge",), "huge", MOST_BYTES + 1)
    shelf.put(("b",), "b again", third)
    assert shelf.get(("huge",)) is None
    assert shelf.bytes == 3 * third


def test_kept_answer_is_the_same_packed_unpacked_and_by_head(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    first, second = client.get("/fairs"), client.get("/fairs")
    packed = client.get("/fairs", headers={"Accept-Encoding": "gzip"})
    head = client.head("/fairs")
    assert first.get_data() == second.get_data() == gzip.decompress(packed.get_data())
    assert head.get_data() == b""
    assert head.headers["Content-Length"] == str(len(first.get_data()))
    assert packed.headers["Vary"] == "Accept-Encoding, Cookie"
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("tag", "status"),
    [("{0}", 304), ('"x", {0}', 304), ("*", 304), ('"x"', 200), ("", 200)],
)
def test_known_octets_are_not_sent_again(app: Flask, tag: str, status: int) -> None:
    client = app.test_client(use_cookies=False)
    known = client.get("/fairs").headers["ETag"]
    answer = client.get("/fairs", headers={"If-None-Match": tag.format(known)})
    assert answer.status_code == status
    assert (answer.get_data() == b"") is (status == 304)
    assert answer.headers["Content-Security-Policy"]


def test_languages_and_queries_are_kept_apart(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for _ in range(2):
        bodies = {client.get(path).get_data() for path in ("/fairs", "/en/fairs", "/fairs?when=past")}
        assert len(bodies) == 3


def test_other_host_gets_no_kept_page(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    assert client.get("/fairs").status_code == 200
    assert client.get("/fairs", headers={"Host": "evil.test"}).status_code == 400


def test_change_is_seen_at_once(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    assert "Hội chợ Chim Én" not in client.get("/fairs").get_data(as_text=True)
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
        with make_session(engine) as session:
            an_open_fair(session, an_organiser(session), name="Hội chợ Chim Én")
            session.commit()
    assert "Hội chợ Chim Én" in client.get("/fairs").get_data(as_text=True)
