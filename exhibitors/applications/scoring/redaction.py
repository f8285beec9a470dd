"""Takes names out of what people wrote, so that a blind reviewer does not read whose application it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foundation.folding import fold

HIDDEN = "▒▒▒"
SHORTEST = 3
"""Names of fewer letters would black out half of every sentence."""


def redacted(text: str, names: Iterable[str]) -> str:
    """The text with each name, in whatever case and with or without accents, replaced by three grey blocks.

    A name counts whole and only at the edges of words.
    """
    wanted = {form for form in map(fold, names) if len(form) >= SHORTEST}
    if not wanted or not text:
        return text
    letters = [_one(sign) for sign in text]
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(wanted, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", "".join(letters))
    parts, done = [], 0
    for match in found:
        parts += [text[done : match.start()], HIDDEN]
        done = match.end()
    return "".join([*parts, text[done:]])


def _one(sign: str) -> str:
    """One letter folded to one letter, so that places in both texts are the same."""
    bare = fold(sign)
    return bare if len(bare) == 1 else sign
