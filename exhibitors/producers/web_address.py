"""Addresses of a unit's pages elsewhere: its own, its shop, its social network."""

from __future__ import annotations

from urllib.parse import urlsplit

from foundation.refusal import Refused

LONGEST = 300


def web_address(text: str) -> str:
    """The address as it can be linked to, https before it where people leave that out; empty for nothing typed.

    Refuses web_address_form for anything but http and https with a name of a computer, and for secrets in it.
    """
    typed = text.strip()
    if not typed:
        return ""
    whole = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError as error:
        raise Refused("web_address_form") from error
    is_fine = parts.scheme in {"http", "https"} and "." in host.strip(".") and not parts.username
    if not is_fine or len(whole) > LONGEST or any(sign.isspace() for sign in whole):
        raise Refused("web_address_form")
    return whole
