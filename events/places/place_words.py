"""Words of administrative units in what is searched for: "tp Hạ Long", "thị trấn Cái Rồng" mean the place itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.places.locality import District, Locality
from foundation.database import read_rows
from foundation.folding import fold, nfc

UNIT_WORDS = tuple(
    tuple(unit.split())
    for unit in (
        "thanh pho", "thi xa", "thi tran", "dac khu", "huyen", "phuong", "tinh", "xa",
        "tp", "tx", "tt", "dk", "h", "p", "x", "t",
    )
)  # fmt: skip
"""Folded, longer ones first; each counts only before the name of a place: "xà" is soap and "tinh" an essence."""
PROVINCE = ("quang", "ninh")
_WORD = re.compile(r"[^\W_]+")
_NAMES = select(District.name).union(select(Locality.short_name))
Name = tuple[str, ...]


def place_query(session: Session, query: str) -> str:
    """The query without the words of units in front of places we know; no question where it holds none."""
    if not _has_unit(_words(query)):
        return query
    names = {tuple(_words(name)) for (name,) in read_rows(session, _NAMES)}
    return without_unit_words(query, names | {PROVINCE})


def without_unit_words(query: str, names: Collection[Name]) -> str:
    """Pure: the query as typed, without each word of a unit that stands before one of the names (folded words)."""
    typed, folded = _WORD.findall(nfc(query)), _words(query)
    kept: list[str] = []
    at = 0
    while at < len(typed):
        unit = next((unit for unit in UNIT_WORDS if _starts(folded[at:], unit, names)), ())
        if not unit:
            kept.append(typed[at])
        at += len(unit) or 1
    return " ".join(kept) if len(kept) < len(typed) else query


def _starts(words: list[str], unit: Name, names: Iterable[Name]) -> bool:
    if tuple(words[: len(unit)]) != unit:
        return False
    rest = words[len(unit) :]
    return any(tuple(rest[: len(name)]) == name for name in names)


def _has_unit(words: list[str]) -> bool:
    return any(word in _FIRST_WORDS for word in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


_FIRST_WORDS = frozenset(unit[0] for unit in UNIT_WORDS)
