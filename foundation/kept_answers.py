"""Answers visitors from the kept pages at the door, before Flask is troubled (decision 0004)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, g, request

from foundation.languages import ENVIRON_KEY
from foundation.page_cache import DATABASE_AWAY, PageCache, ReadyAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = structlog.get_logger()
PER_ANSWER = frozenset({"content-length", "content-encoding", "content-type", "x-request-id"})


class KeptAnswers:
    """WSGI middleware. Only what Flask has answered once for the same host, language and address is repeated,
    and only to those who send no session of ours: Flask looks what one holds.
    """

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]], cache: PageCache, cookie: str) -> None:
        self.wsgi_app = wsgi_app
        self.cache = cache
        self.sign = f"{cookie}="

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method in {"GET", "HEAD"} and self.sign not in environ.get("HTTP_COOKIE", ""):
            answer = self.cache.at_the_door.get(door_key(environ))
            if answer is not None and is_plainly_conditional(environ) and self._is_true(answer):
                return repeat(answer, environ, start_response)
        return self.wsgi_app(environ, start_response)

    def _is_true(self, answer: ReadyAnswer) -> bool:
        """Whether it may be repeated; while the database is away Flask says what is to be done."""
        try:
            return self.cache.is_true(answer.page)
        except DATABASE_AWAY:
            return False


def door_key(environ: WSGIEnvironment) -> tuple[str, ...]:
    """What tells answers apart at the door."""
    return (
        environ.get("HTTP_HOST", ""),
        environ[ENVIRON_KEY],
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def is_plainly_conditional(environ: WSGIEnvironment) -> bool:
    """Whether we can judge the condition here: dates are left to Flask."""
    return "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" not in environ


def repeat(answer: ReadyAnswer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """304 when the asker names our tag (weak comparison, lists and `*`), else the bytes, packed where welcome."""
    page = answer.page
    tags = environ.get("HTTP_IF_NONE_MATCH", "")
    number = secrets.token_hex(6)
    headers = [*answer.headers, ("X-Request-Id", number)]
    if tags and (tags.strip() == "*" or f'"{page.etag}"' in tags):
        status, body = "304 NOT MODIFIED", b""
    else:
        packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        status, body = "200 OK", page.packed if packed else page.body
        headers += [("Content-Type", page.content_type), ("Content-Length", str(len(body)))]
        if packed:
            headers.append(("Content-Encoding", "gzip"))
    log.info("request", request_id=number, method=environ["REQUEST_METHOD"], status=int(status[:3]), kept=True)
    start_response(status, headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def answer_at_the_door(app: Flask, cache: PageCache, cookie: str) -> None:
    """Put the middleware before the app; `cookie` is the name of the one that holds sessions.

    Call this before other hooks: the last headers must be seen.
    """

    @app.after_request
    def put_at_the_door(response: Response) -> Response:
        page = g.get("kept_page")
        if page is not None and cookie not in request.cookies and response.status_code in {200, 304}:
            headers = tuple((name, value) for name, value in response.headers if name.lower() not in PER_ANSWER)
            cache.put_at_the_door(door_key(request.environ), ReadyAnswer(page, headers))
        return response

    app.wsgi_app = KeptAnswers(app.wsgi_app, cache, cookie)  # type: ignore[method-assign]  # the way Flask documents it
