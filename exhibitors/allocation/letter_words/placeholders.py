"""Placeholders in the words of a letter: {producer}, {code} and the like, found, checked and filled; nothing else is
ever read from a text, so that whoever writes one can reach no more than these facts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def placeholders_in(text: str) -> list[str]:
    """The names between braces, in their order, each once."""
    return list(dict.fromkeys(match[1].strip() for match in _PLACEHOLDER.finditer(text)))


def unknown_placeholders(text: str, known: Collection[str]) -> list[str]:
    """Names that mean nothing here, the empty one as well."""
    return [name for name in placeholders_in(text) if name not in known]


def has_stray_brace(text: str) -> bool:
    """Whether a brace stands alone, as when its other half was forgotten."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with every placeholder replaced; what a fact says is never read again. KeyError for an unknown one."""
    return _PLACEHOLDER.sub(lambda match: facts[match[1].strip()], text)
