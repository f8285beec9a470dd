"""Public pages and feeds are kept as bytes until the public revision moves on (decision 0004)."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Generic, TypeVar

import structlog
from flask import Flask, Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from foundation import clock
from foundation.anybody import asks_as_anybody, is_written_for_one
from foundation.database import reading_only
from foundation.languages import current_language
from foundation.revisions import PublicRevision

MOST_BYTES = 4 * 1024 * 1024
"""Of either shelf; mostly the same pages stand on both. The last minute's pages of a busy day fit: some 300."""
LIFE_SECONDS = 60.0
REVISION_MEMORY_SECONDS = 1.0
FRESH_FOR = "public, max-age=3"
"""With the second for which the revision is remembered, a change is seen within 5 s behind a CDN too."""
AWAY_MEMORY_SECONDS = 5.0
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout, TimeoutError)
log = structlog.get_logger()
View = Callable[..., ResponseReturnValue]


@dataclass(slots=True)
class KeptPage:
    """An answer as bytes with what identifies it; kept compressed, and plain as well once somebody took it so."""

    packed: bytes
    plain_size: int
    etag: str
    content_type: str
    headers: tuple[tuple[str, str], ...]
    revision: int
    day: str
    kept_until: float
    last_modified: datetime | None
    plain: bytes | None = None

    @property
    def body(self) -> bytes:
        """The plain bytes, for the few who read nothing packed: they are a few times as many."""
        if self.plain is None:
            self.plain = gzip.decompress(self.packed)
        return self.plain

    @property
    def size(self) -> int:
        """Bytes it takes at most, plain and packed, with a little for the rest."""
        return self.plain_size + len(self.packed) + 1000


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """A kept page with the final headers of its answer (but those of length, encoding and request number)."""

    page: KeptPage
    headers: tuple[tuple[str, str], ...]


Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Things under keys, at most MOST_BYTES together; those put there longest ago leave first."""

    def __init__(self) -> None:
        self.things: OrderedDict[tuple[str, ...], tuple[Kept, int]] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """The thing under the key."""
        entry = self.things.get(key)
        return entry[0] if entry else None

    def clear(self) -> None:
        """Take everything off the shelf."""
        with self.lock:
            self.things.clear()
            self.bytes = 0

    def put(self, key: tuple[str, ...], thing: Kept, size: int) -> None:
        """Put a thing of `size` bytes on the shelf; one larger than the whole shelf is not kept."""
        with self.lock:
            _, old_size = self.things.pop(key, (None, 0))
            self.bytes -= old_size
            if size > MOST_BYTES:
                return
            self.things[key] = (thing, size)
            self.bytes += size
            while self.bytes > MOST_BYTES:
                _, (_, gone) = self.things.popitem(last=False)
                self.bytes -= gone


class PageCache:
    """Kept pages of one process, the least used leave first. `read_revision` asks the database."""

    def __init__(self, read_revision: Callable[[], int]) -> None:
        self.read_revision = read_revision
        self.pages: Shelf[KeptPage] = Shelf()
        self.at_the_door: Shelf[ReadyAnswer] = Shelf()
        self.revision = -1
        self.revision_read_at = 0.0
        self.away_until = 0.0

    def present_revision(self) -> int:
        """The public revision; remembered for a second, and forgotten when this process commits a change.

        Raises one of DATABASE_AWAY; for five seconds more it does so without making another visitor wait.
        """
        moment = time.monotonic()
        if moment - self.revision_read_at > REVISION_MEMORY_SECONDS:
            if moment < self.away_until:
                raise TimeoutError("the database was away a moment ago")
            try:
                self.revision = self.read_revision()
            except DATABASE_AWAY:
                self.away_until = moment + AWAY_MEMORY_SECONDS
                raise
            self.revision_read_at = moment
        return self.revision

    def forget_revision(self) -> None:
        """Ask the database at the next request."""
        self.revision_read_at = self.away_until = 0.0

    def is_true(self, page: KeptPage) -> bool:
        """Whether a page may still be shown: same revision, same day, not older than its life."""
        fresh = page.kept_until > time.monotonic() and page.revision == self.present_revision()
        return fresh and page.day == clock.today().isoformat()

    def find(self, key: tuple[str, ...]) -> KeptPage | None:
        """The kept page if it is still true."""
        page = self.pages.get(key)
        return page if page is not None and self.is_true(page) else None

    def keep(self, key: tuple[str, ...], page: KeptPage) -> None:
        """Remember a page."""
        self.pages.put(key, page, page.size)

    def put_at_the_door(self, key: tuple[str, ...], answer: ReadyAnswer) -> None:
        """Remember a whole answer for `foundation/kept_answers.py`."""
        self.at_the_door.put(key, answer, answer.page.size)


def page_cache() -> PageCache:
    """The cache of this app."""
    cache: PageCache = current_app.extensions["page_cache"]
    return cache


def kept_for_visitors(view: View) -> View:
    """Decorate a public GET view: visitors without an account get the kept bytes, or 304 when they have them."""

    @wraps(view)
    def answer(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not asks_as_anybody():
            return view(*args, **kwargs)
        return answer_kept(lambda: make_response(view(*args, **kwargs)), FRESH_FOR)

    return answer


def answer_kept(
    build: Callable[[], Response],
    cache_control: str,
    *,
    name: str | None = None,
    vary: str = "Accept-Encoding, Cookie",
    life: float = LIFE_SECONDS,
) -> Response:
    """Answer from the cache, building first when needed; conditional requests are answered before any rendering.

    `name` tells answers apart (the full path unless given); `life` in seconds bounds what only the clock changes.
    While the database is away the last answer there was is given, whatever its age: many readers of calendars delete
    what they had, or give up, on an error.
    """
    cache = page_cache()
    key = (current_language(), name or request.full_path)
    try:
        page = _find_or_build(cache, key, build, life, reads_session="Cookie" in vary)
    except DATABASE_AWAY as fault:
        last = cache.pages.get(key)
        if last is None:
            raise
        g.permission_asked = True
        log.warning("last_answer_given", kind=type(fault).__name__)
        return _respond(last, cache_control, vary)
    if "Cookie" not in vary and not session.modified:
        session.accessed = False  # drawing a template looks at the session; what is the same for all says nothing of it
    if isinstance(page, Response):
        return page
    g.kept_page = page
    return _respond(page, cache_control, vary)


def _find_or_build(
    cache: PageCache, key: tuple[str, ...], build: Callable[[], Response], life: float, *, reads_session: bool
) -> KeptPage | Response:
    page = cache.find(key)
    # A kept answer was permitted when it was built, to anybody; a change of who may see it moves the revision.
    g.permission_asked = page is not None
    if page is None:
        revision = cache.present_revision()
        built = build()
        # to ask for the session is to vary by cookie, which a feed does not
        if built.status_code != 200 or "Set-Cookie" in built.headers or (reads_session and is_written_for_one()):
            return built
        page = _pack(built, revision, life)
        cache.keep(key, page)
    return page


def _pack(response: Response, revision: int, life: float) -> KeptPage:
    body = response.get_data()
    return KeptPage(
        packed=gzip.compress(body, 6, mtime=0),
        plain_size=len(body),
        etag=hashlib.sha256(body).hexdigest()[:32],
        content_type=response.headers["Content-Type"],
        headers=tuple(pair for pair in response.headers if pair[0] not in {"Content-Type", "Content-Length"}),
        revision=revision,
        day=clock.today().isoformat(),
        kept_until=time.monotonic() + life,
        last_modified=response.last_modified,
    )


def _is_fresh(page: KeptPage) -> bool:
    """Whether the asker has these bytes; the date counts only where no tag is given (RFC 9110, section 13.1.3)."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(page.etag)
    since = request.if_modified_since
    return page.last_modified is not None and since is not None and page.last_modified <= since


def _respond(page: KeptPage, cache_control: str, vary: str) -> Response:
    fresh = _is_fresh(page)
    packed = not fresh and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(b"" if fresh else page.packed if packed else page.body, status=304 if fresh else 200)
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["Content-Type"] = page.content_type
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if fresh:
        del response.headers["Content-Type"]
    response.headers["ETag"] = f'W/"{page.etag}"'
    response.headers["Vary"] = vary
    response.headers["Cache-Control"] = cache_control
    return response


def keep_pages(app: Flask, engine: Engine) -> PageCache:
    """Give the app its cache; a commit in this process makes the next request ask for the revision."""

    def read_revision() -> int:
        with reading_only(), engine.connect() as connection:
            return connection.scalar(select(PublicRevision.number)) or 0

    def forget(session: Session) -> None:
        cache.forget_revision()

    cache = app.extensions["page_cache"] = PageCache(read_revision)
    event.listen(Session, "after_commit", forget)
    return cache
