"""The programme's product groups, present and past, and the drawing that stands for a product."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from foundation.folding import fold, nfc

DATA = Path(__file__).parent / "data"
GLYPHS = ("fish", "egg", "wheat", "cookie", "milk", "leaf", "gem")

# Words of product names that say more than the group. With their accents: folded, "gà" is a place name and "cá" coffee.
_TELLING_WORDS = {
    "fish": "cá|mực|ruốc|hàu|hà treo|ngao|tôm|cua|ghẹ|ngán|sá sùng|bề bề|cơ trai|hải sản|nước mắm|chả mực",
    "egg": "trứng|gà|vịt|thịt|lợn|giò|chân giò|nem|khau nhục",
    "wheat": "nấm|miến|gạo|mật ong",
    "cookie": "bánh|kẹo",
    "milk": "sữa|rượu|bia|nước uống|nước khoáng|nước lọc",
    "leaf": "chè|trà|tinh dầu",
    "gem": "ngọc trai|gốm",
}
_TELLING = re.compile("|".join(rf"(?P<{glyph}>\b(?:{words})\b)" for glyph, words in _TELLING_WORDS.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What a decision brings into being and a later one ends; both days are included."""

    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it existed on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredGroup(Dated):
    """A group as one decision named it; `replaced_by` is the key of its successor, empty while it is in force."""

    key: str
    name_vi: str
    name_en: str
    glyph: str
    replaced_by: str
    source: str


@cache
def registered_groups() -> tuple[RegisteredGroup, ...]:
    """The six groups of decision 148/QĐ-TTg, then those they replaced."""
    with (DATA / "product_groups.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            RegisteredGroup(
                key=row["key"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                glyph=row["glyph"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                replaced_by=row["replaced_by"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredSubgroup(Dated):
    """A sub-group of a registered group."""

    key: str
    group: str
    name_vi: str
    name_en: str
    source: str


@cache
def registered_subgroups() -> tuple[RegisteredSubgroup, ...]:
    """A working list of the sub-groups of decision 148/QĐ-TTg; certificates may use other words."""
    with (DATA / "product_subgroups.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            RegisteredSubgroup(
                key=row["key"],
                group=row["group"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


def groups_on(day: date) -> list[RegisteredGroup]:
    """The groups in force on a day, in the order of the decision."""
    return [group for group in registered_groups() if group.holds_on(day)]


def present_group(group: RegisteredGroup) -> RegisteredGroup:
    """The group itself or the one that took its place."""
    if not group.replaced_by:
        return group
    return present_group(next(successor for successor in registered_groups() if successor.key == group.replaced_by))


def find_group(name: str) -> RegisteredGroup | None:
    """The group of this name or of the name's beginning ("Dịch vụ du lịch"), newest decision first."""
    wanted = fold(name)
    if not wanted:
        return None
    names = [(fold(group.name_vi), group) for group in registered_groups()]
    exact = next((group for folded, group in names if folded == wanted), None)
    return exact or next((group for folded, group in names if folded.removeprefix("hang ").startswith(wanted)), None)


def glyph_of(group: RegisteredGroup, product_name: str = "") -> str:
    """The drawing for a product: by the first telling word of its name, else by its group."""
    if group.key not in {"food", "drinks"}:
        return group.glyph
    telling = _TELLING.search(nfc(product_name).lower())
    return telling.lastgroup or group.glyph if telling else group.glyph
