"""Whether an answer is the same for every visitor. Cookies of other programs on the domain count for nothing."""

from __future__ import annotations

from flask import current_app, g, request, session

FORM_TOKEN = "csrf_token"  # noqa: S105 - the name under which Flask-WTF keeps the token of forms
"""A visitor who once opened a form carries this and nothing else; pages without a form are the same with it."""


def session_is_sent() -> bool:
    """Whether the browser sent a session of ours, whatever it holds."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def asks_as_anybody() -> bool:
    """Whether nobody is signed in and no message waits: what is answered hangs on the address alone."""
    return g.get("actor") is None and (not session_is_sent() or set(session) <= {FORM_TOKEN})


def is_written_for_one() -> bool:
    """Whether this answer has something for its asker alone in it: a form's token, or what the session is to hold."""
    return session.modified or FORM_TOKEN in g
