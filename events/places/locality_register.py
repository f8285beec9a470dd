"""The 54 localities and the dated names of the province and its former districts, read from the data folder."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from foundation.folding import fold, vietnamese_sort_key

DATA = Path(__file__).parent / "data"

PROVINCE, DISTRICT = "province", "district"

# "Xã Hải Lạng (một phần) [Tiên Yên]": how much of it, and of which other district.
_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_WRITTEN_OUT = {"tp": "thanh pho", "tp.": "thanh pho", "tx": "thi xa", "tx.": "thi xa", "tt": "thi tran",
                "tt.": "thi tran", "p.": "phuong", "x.": "xa", "h.": "huyen"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisteredLocality:
    """One commune-level unit of today with what it was made of on 01/07/2025."""

    code: str
    kind: str
    name_vi: str
    name_en: str
    former_district: str
    also_from_districts: tuple[str, ...]
    former_communes: tuple[str, ...]
    folded: str
    """Every name it is found by, folded, one a line: its own, its old communes, its old district."""

    @property
    def short_name(self) -> str:
        """The name without its kind: "Bình Liêu"."""
        return self.name_vi[len(self.kind) :].strip()


@dataclass(frozen=True, slots=True)
class RegisteredName:
    """What the province or a former district was called from one day to another, both included; None is open."""

    level: str
    unit: str
    kind: str
    name_vi: str
    name_en: str
    valid_from: date | None
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """Whether the name was in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def in_language(self, language: str) -> str:
        """The name with its kind: "tỉnh Quảng Ninh", "Quảng Ninh province"."""
        return self.name_en if language == "en" else self.name_vi


@cache
def administrative_names() -> tuple[RegisteredName, ...]:
    """All dated names, the province first, then the former districts."""
    return tuple(
        RegisteredName(
            level=row["level"],
            unit=row["unit"],
            kind=row["kind"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in _rows("administrative_names.csv")
    )


@cache
def registered_localities() -> tuple[RegisteredLocality, ...]:
    """All 54 units in the order of the file."""
    return tuple(_locality(row) for row in _rows("localities.csv"))


def former_districts() -> tuple[str, ...]:
    """The short names of the 13 former districts in Vietnamese order."""
    names = {entry.unit for entry in administrative_names() if entry.level == DISTRICT}
    return tuple(sorted(names, key=vietnamese_sort_key))


def province_name_on(day: date, language: str) -> str:
    """With its kind: "tỉnh Quảng Ninh" until 31/08/2026, "thành phố Quảng Ninh" since (resolution 36/2026/QH16)."""
    return next(
        entry.in_language(language)
        for entry in administrative_names()
        if entry.level == PROVINCE and entry.holds_on(day)
    )


def district_name_on(district: str, day: date, language: str) -> str:
    """The full name of a former district on the day, "thị xã Đông Triều"; empty once districts had ended."""
    names = (entry for entry in administrative_names() if entry.level == DISTRICT and entry.unit == district)
    return next((entry.in_language(language) for entry in names if entry.holds_on(day)), "")


def find_localities(query: str) -> list[RegisteredLocality]:
    """Localities by old or new name, accents not needed, best match first; all of them for an empty query.

    "Đồng Rui" gives Xã Hải Lạng, "Tiên Yên" the four communes of the former district. A commune that only took a
    part over the district's border is not found by that district.
    """
    wanted = " ".join(_WRITTEN_OUT.get(word, word) for word in fold(query).split())
    if not wanted:
        return list(registered_localities())
    found = [
        (rank, vietnamese_sort_key(locality.name_vi), locality)
        for locality in registered_localities()
        if (rank := _rank(locality, wanted)) is not None
    ]
    return [locality for _, _, locality in sorted(found, key=lambda match: match[:2])]


def _rank(locality: RegisteredLocality, wanted: str) -> int | None:
    """0 its very name, 1 a part of it, 2 and on an old name; None where no word begins with what is wanted."""
    if wanted in {fold(locality.name_vi), fold(locality.short_name)}:
        return 0
    names = locality.folded.splitlines()
    return next((place for place, name in enumerate(names, 1) if f" {wanted}" in f" {name}"), None)


def _locality(row: dict[str, str]) -> RegisteredLocality:
    communes = tuple(_parts(row["former_communes"]))
    district = row["former_district"]
    old_names = [entry.name_vi for entry in administrative_names() if entry.unit == district]
    found_by = [row["name_vi"], row["name_en"], *(_REMARK.sub("", name) for name in communes), *old_names]
    return RegisteredLocality(
        code=row["code"],
        kind=row["kind"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        former_district=district,
        also_from_districts=tuple(_parts(row["also_from_district"])),
        former_communes=communes,
        folded="\n".join(dict.fromkeys(fold(name) for name in found_by)),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
