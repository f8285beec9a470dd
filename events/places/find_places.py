"""Question: the places that words name, those of today (communes, wards, special zones) and the former districts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from events.places.locality import AdministrativeName, District, Locality
from foundation.bilingual import Bilingual
from foundation.database import read_rows
from foundation.folding import fold, nfc, vietnamese_sort_key, words_of

UNITS = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "dk": "dac khu", "thanh pho": "thanh pho", "thi xa": "thi xa",
    "thi tran": "thi tran", "dac khu": "dac khu", "huyen": "huyen", "phuong": "phuong", "xa": "xa",
}  # fmt: skip
"""What kinds of unit are called, folded, in short and in full."""
SHORT = frozenset(name for name in UNITS if len(name) == 2) - {"xa"}
IN_FULL = {fold(name): name for name in ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "phường", "xã")}
"""With accents they are typed just so: "xà" is soap."""
ENGLISH_UNITS = {"city": "thanh pho", "town": "thi xa", "ward": "phuong", "commune": "xa", "district": "huyen",
                 "special zone": "dac khu"}  # fmt: skip
_LOCALITIES = select(
    Locality.id, Locality.code, Locality.name_vi, Locality.name_en, Locality.short_name, Locality.former_communes
)
_DISTRICTS = (
    select(District.id, District.slug, District.name, AdministrativeName.name_vi, AdministrativeName.name_en)
    .outerjoin(AdministrativeName, AdministrativeName.district_id == District.id)
    .order_by(AdministrativeName.valid_from.asc().nulls_first())
)


@dataclass(frozen=True, slots=True)
class Place:
    """A locality of today, or a former district; `key` stands for it in addresses: a code, or a slug.

    `name` says its kind: "Xã Hải Lạng", "Huyện Tiên Yên". `was` names the former communes by which it was found.
    """

    id: int
    key: str
    name: Bilingual
    short: str
    is_former: bool
    was: tuple[str, ...] = ()
    former_communes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of unit it is or was, folded: "xa"."""
        return fold(self.name.vi).removesuffix(fold(self.short)).strip()


def localities_of(key: str) -> Select[int]:
    """The ids of the localities that a key stands for: a locality's code, or the slug of a former district."""
    if key.isdecimal():
        return select(Locality.id).where(Locality.code == key)
    return select(Locality.id).join(District, District.id == Locality.district_id).where(District.slug == key)


def all_places(session: Session) -> Sequence[Place]:
    """Former districts, then the localities of today, each in the order of the Vietnamese alphabet; two questions."""
    return _made_of(tuple(read_rows(session, _DISTRICTS)), tuple(read_rows(session, _LOCALITIES)))


@lru_cache(maxsize=2)
def _made_of(districts: Sequence[Any], localities: Sequence[Any]) -> Sequence[Place]:
    """Their rows change once in years: what is made of them is kept as long as they stay the same."""
    # A district was called one thing after the other; the rows come in no order, and its last name is the longest kept.
    last: dict[int, Place] = {}
    for row in districts:
        name = _capitalised(Bilingual(row.name_vi or row.name, row.name_en or row.name))
        last[row.id] = Place(row.id, row.slug, name, row.name, is_former=True)
    present = [
        Place(
            row.id, row.code, Bilingual(row.name_vi, row.name_en), row.short_name, is_former=False,
            former_communes=tuple(part.strip() for part in row.former_communes.split(";") if part.strip()),
        )
        for row in localities
    ]  # fmt: skip
    return *_in_order(list(last.values())), *_in_order(present)


def unit_asked_for(query: str) -> str:
    """The kind of unit, folded, where the query is no more than that: "TP", "thành phố", "xã", "commune"."""
    typed = " ".join(nfc(query).lower().split()).rstrip(".")
    unit = UNITS.get(fold(typed)) or ENGLISH_UNITS.get(typed, "")
    return unit if typed in {fold(typed), IN_FULL.get(unit)} or fold(typed) in SHORT else ""


def units_asked_for(query: str) -> frozenset[str]:
    """The kinds of unit, folded, where the query names nothing else: "xã", "xã phường", "phường, đặc khu"."""
    typed = nfc(query).lower().replace(",", " ").replace(".", " ").replace("/", " ").split()
    found: set[str] = set()
    while typed:
        first = next((n for n in (2, 1) if len(typed) >= n and unit_asked_for(" ".join(typed[:n]))), 0)
        if not first:
            return frozenset()
        found.add(unit_asked_for(" ".join(typed[:first])))
        typed = typed[first:]
    return frozenset(found)


def find_places(session: Session, query: str) -> list[Place]:
    """Places whose name stands in the query or holds it, and those made of a commune called so; the nearest first.

    Kinds of unit alone find all that are or were of these kinds; towns (thị trấn) by what they became.
    """
    wanted = words_of(fold(query))
    if not wanted:
        return []
    units = units_asked_for(query)
    found = []
    for place in all_places(session):
        rank, was = _rank_of_kinds(place, units) if units else _rank(place, " ".join(wanted))
        if rank is not None:
            found.append((rank, Place(*_facts(place, was))))
    return [place for _, place in sorted(found, key=lambda one: one[0])]


def _facts(place: Place, was: tuple[str, ...]) -> tuple[int, str, Bilingual, str, bool, tuple[str, ...]]:
    return place.id, place.key, place.name, place.short, place.is_former, was


def _rank_of_kinds(place: Place, units: Collection[str]) -> tuple[int | None, tuple[str, ...]]:
    if place.kind in units:
        return int(place.is_former), ()
    towns = tuple(name for name in place.former_communes if fold(name).startswith("thi tran "))
    return (2, towns) if towns and "thi tran" in units else (None, ())


def _rank(place: Place, wanted: str) -> tuple[int | None, tuple[str, ...]]:
    """0 its very name, 1 its name within the query, 2 the query begins a word of its name, 3 a former commune."""
    whole, short = _folded(place.name.vi), _folded(place.short)
    if wanted in {whole, short, _folded(place.name.en)}:
        return 0, ()
    if f" {short} " in f" {wanted} ":
        return 1, ()
    if f" {wanted}" in f" {whole}" and len(wanted) > 1:
        return 2, ()
    was = tuple(name for name in place.former_communes if _bare(name) and f" {_bare(name)} " in f" {wanted} ")
    return (3, was) if was else (None, ())


@lru_cache(maxsize=512)
def _bare(commune: str) -> str:
    """The folded name of a former commune without its kind and without what it gave of itself."""
    folded = _folded(commune.partition("(")[0].partition("[")[0])
    return next((folded[len(unit) + 1 :] for unit in UNITS.values() if folded.startswith(f"{unit} ")), folded)


@lru_cache(maxsize=512)
def _folded(name: str) -> str:
    return " ".join(words_of(fold(name)))


def _in_order(places: Sequence[Place]) -> list[Place]:
    return sorted(places, key=lambda place: vietnamese_sort_key(place.short))


def _capitalised(name: Bilingual) -> Bilingual:
    return Bilingual(name.vi[:1].upper() + name.vi[1:], name.en[:1].upper() + name.en[1:])
