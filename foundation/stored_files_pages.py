"""Kept files, served to whom their purpose allows; nothing in them can act in a page of ours."""

from __future__ import annotations

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue

from foundation.audience import Audience, Pages, current_actor, demand, found
from foundation.flask_database import current_session
from foundation.stored_file import StoredFile, find_file, may_read_file
from foundation.upload_form import current_store

pages = Pages("stored_files", __name__, audience=Audience.ANYONE, url_prefix="/files", for_lent_unit=True)
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
PUBLIC = "public, max-age=3600, immutable"
PRIVATE = "private, no-store"


def purpose_allows(actor: object, readable: bool) -> bool:
    """Whether the callback of the file's purpose has said yes."""
    return readable


@pages.page("/<file_key>", may=purpose_allows)
def whole(file_key: str) -> ResponseReturnValue:
    """The file, or the largest copy of a picture."""
    stored = found(find_file(current_session(), file_key))
    return _serve(stored, next(iter(stored.copies)))


@pages.page("/<file_key>/<copy>", may=purpose_allows)
def copy(file_key: str, copy: str) -> ResponseReturnValue:
    """One copy of a picture."""
    return _serve(found(find_file(current_session(), file_key)), copy)


def _serve(stored: StoredFile, copy: str) -> ResponseReturnValue:
    session = current_session()
    demand(may_read_file(session, current_actor(), stored))
    path = current_store().path(stored.key, stored.ending_of(copy))
    found(True if copy in stored.copies and path.exists() else None)
    tag = f"{stored.digest[:32]}-{copy}"
    if request.if_none_match.contains(tag):
        answer = Response(status=304)
        answer.set_etag(tag)
    else:
        answer = send_file(
            path,
            mimetype=stored.media_type,
            as_attachment=not stored.is_picture,
            download_name=stored.name,
            etag=tag,
            conditional=False,
        )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    is_public = may_read_file(session, None, stored)
    answer.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return answer
