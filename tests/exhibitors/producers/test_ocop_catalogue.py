"""The catalogue of illustrative products: complete, sourced and consistent with the other registers."""

from __future__ import annotations

from collections import Counter

from events.places.locality_register import former_districts
from exhibitors.producers.ocop_catalogue import ILLUSTRATIVE_VI, catalogued_producers, catalogued_products


def test_catalogue_holds_69_products_each_with_a_source() -> None:
    products = catalogued_products()
    assert len(products) == 69
    assert [product.name_vi for product in products if not product.source] == []


def test_catalogue_districts_are_known() -> None:
    assert {product.former_district for product in catalogued_products()} <= {"", *former_districts()}


def test_catalogue_stars_are_3_to_5_or_unknown() -> None:
    stars = Counter(product.stars for product in catalogued_products())
    assert sorted(stars, key=str) == [3, 4, 5, None]


def test_catalogue_groups_are_in_force() -> None:
    assert {product.group.key for product in catalogued_products() if product.group.replaced_by} == set()


def test_notice_names_the_source() -> None:
    eggs = next(product for product in catalogued_products() if product.name_vi == "Trứng vịt biển Đồng Rui")
    assert eggs.notice_vi == f"{ILLUSTRATIVE_VI}. Nguồn: {eggs.source}"
    assert (eggs.former_district, eggs.stars, eggs.group.key) == ("Tiên Yên", 4, "food")


def test_catalogued_producers_leave_out_unnamed_ones() -> None:
    producers = catalogued_producers()
    assert sorted(product.name_vi for product in producers["Công ty TNHH Long Hải"]) == ["Nấm kim châm", "Nấm đùi gà"]
    assert "" not in producers
