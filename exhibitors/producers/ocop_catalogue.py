"""Real products named by the press, as illustrative data: each with its source, none an official record."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from exhibitors.producers.product_group_register import RegisteredGroup, find_group

DATA = Path(__file__).parent / "data"

ILLUSTRATIVE_VI = "Dữ liệu minh họa lấy từ báo chí, không phải danh mục chính thức"
ILLUSTRATIVE_EN = "Illustrative data from the press, not an official list"


@dataclass(frozen=True, slots=True)
class CataloguedProduct:
    """A product as one source describes it; texts are empty and `stars` None where the source does not say."""

    name_vi: str
    producer: str
    producer_kind: str
    former_district: str
    group: RegisteredGroup
    stars: int | None
    source: str
    note: str

    @property
    def notice_vi(self) -> str:
        """What must stand beside the product wherever it is shown as data."""
        return f"{ILLUSTRATIVE_VI}. Nguồn: {self.source}"


@cache
def catalogued_products() -> tuple[CataloguedProduct, ...]:
    """All products in the order of the file; a group that the register lacks is an error of the data."""
    with (DATA / "ocop_products.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_product(row) for row in csv.DictReader(file))


def catalogued_producers() -> dict[str, list[CataloguedProduct]]:
    """Products by the producer's name as printed; those whose source names no producer are left out."""
    producers: dict[str, list[CataloguedProduct]] = {}
    for product in catalogued_products():
        if product.producer:
            producers.setdefault(product.producer, []).append(product)
    return producers


def _product(row: dict[str, str]) -> CataloguedProduct:
    group = find_group(row["product_group"])
    if group is None:
        raise LookupError(f"unknown product group {row['product_group']!r}")
    return CataloguedProduct(
        name_vi=row["product_vi"],
        producer=row["producer"],
        producer_kind=row["producer_kind"],
        former_district=row["locality_former_district"],
        group=group,
        stars=int(row["stars"]) if row["stars"] else None,
        source=row["source"],
        note=row["note"],
    )
