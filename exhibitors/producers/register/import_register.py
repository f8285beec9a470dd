"""Bring a register in: first as a dry run that tells what would happen to each row, then for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.organisation import Membership
from events.places.locality import District, Locality
from exhibitors.producers.enter_units import enter_units
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.producer import Producer, Product, ProductGroup
from exhibitors.producers.register.register_row import RegisterRow, read_row
from exhibitors.producers.register_producer import (
    add_product,
    change_producer,
    change_product,
)
from foundation.actor import Actor
from foundation.folding import fold

CERTIFICATE = (
    "group_id",
    "stars",
    "certificate_number",
    "certificate_issuer",
    "certificate_issued_on",
    "certificate_expires_on",
)
"""What the department knows best: the register's word counts, also for units that keep the rest themselves."""


@dataclass(slots=True)
class ImportReport:
    """What a run did or would do; `refused` are pairs of the row's number in the sheet and its reasons with facts."""

    rows: int = 0
    units_new: int = 0
    units_changed: int = 0
    products_new: int = 0
    products_changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, list[tuple[str, dict[str, Any]]]]] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the register holds all of it already."""
        return not (self.units_new or self.units_changed or self.products_new or self.products_changed)


def import_register(
    session: Session, actor: Actor, rows: Sequence[Sequence[str]], columns: Mapping[str, int], *, for_good: bool
) -> ImportReport:
    """Go through all rows (the first holds the heads) by `columns`, field → place; writes only `for_good`.

    A unit is known again by its tax code, else by its folded name in its place, else by name and telephone; a product
    by its folded name. What is empty in the sheet changes nothing; of units that people keep only gaps are filled.
    """
    clerk, report = _Clerk(session, actor, for_good), ImportReport(rows=len(rows) - 1)
    for number, cells in enumerate(rows[1:], 2):
        if not any(cells):
            report.rows -= 1
            continue
        row = read_row(number, cells, columns)
        if row.faults:
            report.refused.append((number, [(fault.reason, fault.facts) for fault in row.faults]))
        else:
            clerk.take(row, report)
    if for_good:
        enter_units(session, actor, [(unit.facts, list(unit.products.values())) for unit in clerk.new])
    return report


@dataclass(slots=True, eq=False)
class _NewUnit:
    """A unit that no row before has named; its products by their folded name."""

    facts: Any
    products: dict[str, Any] = field(default_factory=dict)


class _Clerk:
    """Knows every unit by its keys, also those that the rows before have named."""

    def __init__(self, session: Session, actor: Actor, for_good: bool) -> None:
        self.session, self.actor, self.for_good = session, actor, for_good
        self.localities = {code: number for number, code in session.execute(select(Locality.id, Locality.code))}
        self.districts = {district.name: district for district in session.scalars(select(District))}
        self.groups = {key: number for number, key in session.execute(select(ProductGroup.id, ProductGroup.key))}
        self.kept_by_people = set(session.scalars(select(Membership.organisation_id)))
        self.by_tax: dict[str, Any] = {}
        self.by_key: dict[Any, Any] = {}
        codes = {number: code for code, number in self.localities.items()}
        names = {district.id: district.name for district in self.districts.values()}
        self.products: dict[Producer, dict[str, Product | None]] = {}
        self.new: list[_NewUnit] = []
        for unit in session.scalars(select(Producer).options(selectinload(Producer.products))):
            place = codes.get(unit.locality_id or 0) or names.get(unit.district_id or 0, "")
            self.know(unit, unit.tax_code, (fold(unit.name_vi), place), unit.contact_phone)
            self.products[unit] = {fold(product.name_vi): product for product in unit.products}
        self.by_former: dict[Any, Producer] = {}
        for former in session.scalars(select(FormerUnit).options(joinedload(FormerUnit.producer))):
            place = codes.get(former.locality_id or 0) or names.get(former.district_id or 0, "")
            name = fold(former.name_vi)
            for key in (former.tax_code, (name, place), (name, former.contact_phone)):
                self.by_former.setdefault(key, former.producer)

    def know(self, unit: Any, tax_code: str, key: tuple[str, str], phone: str) -> None:
        """Keep the unit under each of its keys; whoever was there first stays."""
        if tax_code:
            self.by_tax.setdefault(tax_code, unit)
        self.by_key.setdefault(key, unit)
        if phone:
            self.by_key.setdefault((key[0], phone), unit)

    def take(self, row: RegisterRow, report: ImportReport) -> None:
        """Find the unit or make it, then its product."""
        unit = self.find(row)
        facts = self.facts_of(row)
        changed = False
        if unit is None and (part_of := self.find_former(row)) is not None:
            unit, facts = part_of, {}  # the unit that stayed says who it is; only its products follow the sheet
        if unit is None:
            report.units_new += 1
            unit = _NewUnit(facts)
            self.new.append(unit)
            self.know(unit, row.unit.get("tax_code", ""), row.key, row.unit.get("contact_phone", ""))
            changed = True
        elif isinstance(unit, Producer):
            differing = self.differing(unit, facts)
            if differing:
                report.units_changed += 1
                changed = True
                if self.for_good:
                    kept = {"kind": unit.kind, "name_vi": unit.name_vi}
                    change_producer(self.session, self.actor, unit, **(kept | differing))
        if row.product:
            changed |= self.take_product(unit, row, report)
        if not changed:
            report.unchanged += 1

    def find(self, row: RegisterRow) -> Any:
        """The unit that the row is about; another tax code means another unit, whatever it is called."""
        tax_code, phone = row.unit.get("tax_code", ""), row.unit.get("contact_phone", "")
        if tax_code and tax_code in self.by_tax:
            return self.by_tax[tax_code]
        found = self.by_key.get(row.key) or (self.by_key.get((row.key[0], phone)) if phone else None)
        known = found.tax_code if isinstance(found, Producer) else found.facts.get("tax_code", "") if found else ""
        return None if tax_code and known and known != tax_code else found

    def find_former(self, row: RegisterRow) -> Producer | None:
        """The unit of which the one in the row has become a part."""
        phone = row.unit.get("contact_phone", "")
        keys = (row.unit.get("tax_code", ""), row.key, (row.key[0], phone) if phone else "")
        return next((self.by_former[key] for key in keys if key and key in self.by_former), None)

    def facts_of(self, row: RegisterRow) -> Any:
        """The unit's facts as the verbs take them."""
        facts = dict(row.unit)
        if row.place_code:
            facts["locality_id"] = self.localities[row.place_code]
        elif row.district in self.districts:
            facts["district_id"] = self.districts[row.district].id
        return facts

    def differing(self, unit: Producer, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What the row says otherwise; the name, spelled another way, and the kind guessed from it stay."""
        is_kept = unit.organisation_id in self.kept_by_people
        said = {name: value for name, value in facts.items() if name not in {"name_vi", "kind"}}
        if unit.locality_id is not None:
            said.pop("district_id", None)
        return {
            name: value
            for name, value in said.items()
            if getattr(unit, name) != value and (not is_kept or getattr(unit, name) in {"", None})
        }

    def take_product(self, unit: Producer | _NewUnit, row: RegisterRow, report: ImportReport) -> bool:
        """Add the product or bring its certificate up to date; answers whether anything was to be done."""
        facts: Any = {name: value for name, value in row.product.items() if name != "group"}
        facts["group_id"] = self.groups[row.product["group"]]
        name = fold(facts["name_vi"])
        if isinstance(unit, _NewUnit):
            is_new = name not in unit.products
            report.products_new += is_new
            unit.products.setdefault(name, facts)
            return is_new
        mine = self.products[unit]
        if name not in mine:
            report.products_new += 1
            mine[name] = add_product(self.session, self.actor, unit, **facts) if self.for_good else None
            return True
        product = mine[name]
        if product is None or all(getattr(product, part) == facts[part] for part in CERTIFICATE if part in facts):
            return False
        report.products_changed += 1
        if self.for_good:
            news: Any = {part: facts[part] for part in CERTIFICATE if part in facts} | {"name_vi": product.name_vi}
            if "certificate_issued_on" in news and "certificate_expires_on" not in news:
                news["certificate_expires_on"] = None  # 36 months from the new day
            change_product(self.session, self.actor, product, **news)
        return True
