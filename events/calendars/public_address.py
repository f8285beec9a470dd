"""Where the public pages live, for texts that leave the program: set once by the roof, known to the trade."""

from __future__ import annotations

from urllib.parse import urlsplit

_address = {"base_url": "http://127.0.0.1:8000"}


def set_public_address(base_url: str) -> None:
    """Tell the trade the address of the product, without a slash at its end."""
    _address["base_url"] = base_url.rstrip("/")


def public_address(path: str, language: str = "vi") -> str:
    """The absolute address of a path such as `/fairs/…` in a language."""
    return f"{_address['base_url']}{'/en' if language == 'en' else ''}{path}"


def public_host() -> str:
    """The host without a port, as it stands in the UIDs of calendar entries."""
    return urlsplit(_address["base_url"]).hostname or "localhost"
