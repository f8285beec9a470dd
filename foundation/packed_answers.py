"""Pages made for one person are packed too: on a phone at the edge of the network the weight is the waiting."""

from __future__ import annotations

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

WORTH_IT = 1000
"""Bytes below which packing costs more than it saves."""
LONGEST_NAME = 100
PACKED_TYPES = frozenset({"text/html", "text/plain", "text/csv", "application/json"})


def pack_answers(app: Flask) -> None:
    """Answer words as gzip to whoever takes it; what is kept (`page_cache`) is packed once and for all there."""

    @app.after_request
    def pack_answer(response: Response) -> Response:
        if not _may_be_packed(response):
            return response
        response.vary.add("Accept-Encoding")
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.set_data(packed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
        return response


def packed(body: bytes) -> bytes:
    """The bytes as gzip, with a name of random length in its head.

    A page holds the token of its forms beside words that somebody typed. Were its packed length exact, a stranger who
    makes a browser ask again and again could guess the token sign by sign from it (BREACH, breachattack.com).
    """
    into = BytesIO()
    name = "n" * (1 + secrets.randbelow(LONGEST_NAME))
    with gzip.GzipFile(name, "wb", 5, into, mtime=0) as file:
        file.write(body)
    return into.getvalue()


def _may_be_packed(response: Response) -> bool:
    if response.mimetype not in PACKED_TYPES or response.direct_passthrough or response.is_streamed:
        return False
    tagged = {"Content-Encoding", "ETag"} & {name for name, _ in response.headers}
    return not tagged and (response.content_length or len(response.get_data())) >= WORTH_IT
