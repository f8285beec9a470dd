"""Where to go after signing in: only to a page of our own."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urlsplit

from foundation.actor import Actor

LONGEST = 500
DECODINGS = 3


def allow_next(text: str | None) -> str | None:
    """The relative path as given, or None if it could lead elsewhere or break a header.

    Allowed is one slash followed by path, query and fragment. Refused, plain or percent-encoded up to three
    times: a second slash, backslashes, dot segments, controls, blanks and invisible signs; over 500 characters.
    """
    if not text or len(text) > LONGEST or not text.startswith("/"):
        return None
    parts = urlsplit(text) if _is_printable(text) else None
    if parts is None or parts.scheme or parts.netloc:
        return None
    decoded = text
    for _ in range(DECODINGS):
        if not _is_own(decoded):
            return None
        decoded = unquote(decoded)
    return text if _is_own(decoded) else None


def find_way_on(next_path: str | None, actor: Actor, language_prefix: str) -> str:
    """Where a person goes after signing in: to the allowed page that was asked for, else to the own desk.

    `language_prefix` is put before the path ("/en" or nothing), unless the path names its language itself.
    """
    path = next_path or ("/organise" if actor.is_organiser else "/producer")
    return path if path == "/en" or path.startswith("/en/") else language_prefix + path


def _is_own(text: str) -> bool:
    path = text.partition("?")[0].partition("#")[0]
    if "//" in path or "\\" in path or not path.startswith("/"):
        return False
    return _is_printable(path.replace(" ", "")) and not {".", ".."} & set(path.split("/"))


def _is_printable(text: str) -> bool:
    """Letters, marks, digits, punctuation and signs only; controls, blanks and invisible characters are not."""
    return all(unicodedata.category(sign)[0] not in "CZ" for sign in text)
