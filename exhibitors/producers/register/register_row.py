"""One row of a register as facts of a unit and of a product, with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from events.places.locality_register import find_localities
from exhibitors.producers.certificate_life import is_issued_later
from exhibitors.producers.phone import normalise_phone
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.product_group_register import find_group, present_group
from exhibitors.producers.tax_code import normalise_tax_code
from foundation.folding import fold
from foundation.refusal import Refused

KINDS = (
    ("hop tac xa", ProducerKind.COOPERATIVE),
    ("htx", ProducerKind.COOPERATIVE),
    ("to hop tac", ProducerKind.COOPERATIVE_GROUP),
    ("tht", ProducerKind.COOPERATIVE_GROUP),
    ("trang trai", ProducerKind.FARM),
    ("ho", ProducerKind.HOUSEHOLD),
    ("cong ty", ProducerKind.ENTERPRISE),
    ("doanh nghiep", ProducerKind.ENTERPRISE),
    ("dn", ProducerKind.ENTERPRISE),
    ("tnhh", ProducerKind.ENTERPRISE),
)
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(slots=True)
class RegisterRow:
    """What one row says: facts without what is empty; `district` is set where only the former district is known."""

    number: int
    unit: dict[str, Any] = field(default_factory=dict)
    product: dict[str, Any] = field(default_factory=dict)
    place_code: str = ""
    district: str = ""
    faults: list[Refused] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """By which rows without a tax code are told to be about one unit: the folded name and the place."""
        return fold(self.unit.get("name_vi", "")), self.place_code or self.district


def read_row(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> RegisterRow:
    """Read a row; every fault of it at once: producer_name_missing, tax_code_form, phone_form, place_unknown,
    place_ambiguous, product_group_unknown, stars_unknown, day_unreadable, certificate_days_wrong,
    certificate_issued_later.
    """
    said = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
    row = RegisterRow(number)
    row.unit = {name: said[name] for name in ("name_vi", "address", "contact_person") if said.get(name)}
    if said.get("contact_email", "").count("@") == 1:
        row.unit["contact_email"] = said["contact_email"]
    if not row.unit.get("name_vi"):
        row.faults.append(Refused("producer_name_missing"))
    row.unit["kind"] = _kind(said.get("kind", ""), said.get("name_vi", "")).value
    _take(row, "tax_code", said, normalise_tax_code)
    _take(row, "contact_phone", said, _phone)
    _take_place(row, said.get("place", ""))
    if said.get("product_name"):
        _take_product(row, said)
    return row


def _take(row: RegisterRow, name: str, said: Mapping[str, str], read: Any) -> None:
    try:
        value = read(said.get(name, ""))
    except Refused as refusal:
        row.faults.append(refusal)
    else:
        if value:
            row.unit[name] = value


def _phone(text: str) -> str:
    """Excel drops the zero in front of a number, and people write two numbers into one cell: the first counts."""
    first = text.replace(";", ",").replace("/", ",").split(",")[0].strip()
    if first.isdigit() and len(first) == 9:
        first = f"0{first}"
    return normalise_phone(first)


def _kind(words: str, name: str) -> ProducerKind:
    for text in (words, name):
        padded = f"{fold(text)} "
        for beginning, kind in KINDS:
            if padded.startswith(f"{beginning} ") or f" {beginning} " in padded:
                return kind
    return ProducerKind.OTHER


@lru_cache(maxsize=4000)
def _place(text: str) -> tuple[str, str, str]:
    """Code of the locality, or the former district, or why it is neither."""
    found = find_localities(text)
    if not found:
        return "", "", "place_unknown"
    exact = [one for one in found if fold(text) in {fold(one.name_vi), fold(one.short_name)}]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].code, "", ""
    districts = {one.former_district for one in found}
    return ("", districts.pop(), "") if len(districts) == 1 else ("", "", "place_ambiguous")


def _take_place(row: RegisterRow, text: str) -> None:
    if not text:
        return
    row.place_code, row.district, why = _place(text)
    if why:
        row.faults.append(Refused(why, place=text))


def _take_product(row: RegisterRow, said: Mapping[str, str]) -> None:
    row.product["name_vi"] = said["product_name"]
    group = find_group(said.get("group", ""))
    if group is None:
        row.faults.append(Refused("product_group_unknown"))
    else:
        row.product["group"] = present_group(group).key
    stars = "".join(sign for sign in said.get("stars", "") if sign.isdigit()) or str(
        said.get("stars", "").count("★") or ""
    )
    if stars and stars not in set("12345"):
        row.faults.append(Refused("stars_unknown", stars=stars))
    elif stars:
        row.product["stars"] = int(stars)
    for name in ("certificate_number", "certificate_issuer"):
        if said.get(name):
            row.product[name] = said[name][: 80 if name.endswith("number") else 160]
    for name in ("certificate_issued_on", "certificate_expires_on"):
        if said.get(name):
            _take_day(row, name, said[name])
    issued, expires = row.product.get("certificate_issued_on"), row.product.get("certificate_expires_on")
    if issued and expires and expires <= issued:
        row.faults.append(Refused("certificate_days_wrong"))
    if is_issued_later(issued):
        row.faults.append(Refused("certificate_issued_later"))


def _take_day(row: RegisterRow, name: str, text: str) -> None:
    day = _read_day(text)
    if day is None:
        row.faults.append(Refused("day_unreadable", typed=text))
    else:
        row.product[name] = day


def _read_day(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None
