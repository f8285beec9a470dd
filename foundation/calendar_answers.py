"""Calendar files as answers: typed, named, open to any site, and kept until something public changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from flask import Response

from foundation.page_cache import answer_kept

FRESH_FOR = "public, max-age=300"
WHOLE = (b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n")
LIFE = timedelta(days=1).total_seconds()


def calendar_answer(
    body: bytes, last_modified: datetime, plain_name: str, full_name: str, *, attached: bool = False
) -> Response:
    """A feed's octets as an answer; the plain name is for programs that know no other letters.

    Raises ValueError for what is no whole calendar: readers delete all events that an empty answer leaves out.
    """
    if not (body.startswith(WHOLE[0]) and body.endswith(WHOLE[1])):
        raise ValueError("no whole calendar")
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.last_modified = last_modified
    kind = "attachment" if attached else "inline"
    names = f"filename=\"{plain_name}.ics\"; filename*=UTF-8''{quote(full_name + '.ics', safe='')}"
    response.headers["Content-Disposition"] = f"{kind}; {names}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    return response


def kept_calendar(build: Callable[[], Response], name: str) -> Response:
    """The answer kept until something public changes, for a day at most: what is past moves with the days."""
    return answer_kept(build, FRESH_FOR, name=name, vary="Accept-Encoding", life=LIFE)
