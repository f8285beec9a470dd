"""What is sent packed, to whom, and that its length tells nobody what stands in it."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from foundation.packed_answers import LONGEST_NAME, WORTH_IT, packed


@pytest.mark.parametrize(("path", "status"), [("/sign-in", 200), ("/sign-up", 200), ("/khong-co-trang-nay", 404)])
def test_page_with_a_form_is_packed_for_who_takes_it(app: Flask, path: str, status: int) -> None:
    client = app.test_client()
    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert (plain.status_code, small.status_code) == (status, status)
    assert ("Content-Encoding" in plain.headers, small.headers["Content-Encoding"]) == (False, "gzip")
    assert [answer.headers["Vary"].count("Accept-Encoding") for answer in (plain, small)] == [1, 1]
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) * 0.6
    assert "<h1" in gzip.decompress(small.data).decode()


@pytest.mark.parametrize("path", ["/healthz", "/producers"])
def test_what_is_short_or_kept_is_left_alone(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
    body = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
    assert answer.headers.get("Content-Encoding") == (None if len(body) < WORTH_IT else "gzip")
    assert len(answer.headers.getlist("Content-Encoding")) < 2


def test_length_does_not_tell_what_stands_in_it() -> None:
    body = b"<p>" + b"x" * 2000
    sizes = {len(packed(body)) for _ in range(60)}
    assert len(sizes) > 10
    assert max(sizes) - min(sizes) <= LONGEST_NAME
    assert gzip.decompress(packed(body)) == body
