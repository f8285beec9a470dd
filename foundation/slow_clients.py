"""Keeps slow senders from holding the program: a body is received whole before a place to work is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WAITING_ROOM = 128
"""Threads a worker may have: each slow sender sits in one, idle, for as long as it drips."""
PLACES = 8
"""How many requests are worked on at once in a worker; more would only wait for Python and the database."""
LONGEST_BODY = 12 * 1024 * 1024 + 64 * 1024
"""A little above MAX_CONTENT_LENGTH, so that the app itself refuses what is too long."""


class WaitingRoom:
    """A WSGI app around another: receives the body first, then waits for one of the places."""

    def __init__(self, app: WSGIApplication, places: int = PLACES) -> None:
        self.app = app
        self.places = threading.BoundedSemaphore(places)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the app does."""
        if environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"):
            _receive_body(environ)
        with self.places:
            return self.app(environ, start_response)


def _receive_body(environ: WSGIEnvironment) -> None:
    declared = environ.get("CONTENT_LENGTH") or ""
    if declared.isdigit() and int(declared) > LONGEST_BODY:
        return  # refused by its declared length, unread
    body = environ["wsgi.input"].read(LONGEST_BODY)
    environ["wsgi.input"] = BytesIO(body)
    if not declared:  # sent in chunks: its length is known only now
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
