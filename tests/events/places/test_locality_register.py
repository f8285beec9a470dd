"""The register of localities: complete, and found by old names and new."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.places.locality_register import (
    administrative_names,
    district_name_on,
    find_localities,
    former_districts,
    province_name_on,
    registered_localities,
)


def names(query: str) -> list[str]:
    return [locality.name_vi for locality in find_localities(query)]


def test_register_holds_30_wards_22_communes_2_special_zones() -> None:
    kinds = Counter(locality.kind for locality in registered_localities())
    assert kinds == {"phường": 30, "xã": 22, "đặc khu": 2}
    assert len({locality.code for locality in registered_localities()}) == 54


def test_register_texts_are_composed() -> None:
    texts = [text for locality in registered_localities() for text in (locality.name_vi, *locality.former_communes)]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []


def test_register_districts_are_those_with_dated_names() -> None:
    assert {locality.former_district for locality in registered_localities()} == set(former_districts())
    assert former_districts() == (
        "Ba Chẽ", "Bình Liêu", "Cẩm Phả", "Cô Tô", "Đầm Hà", "Đông Triều", "Hạ Long",
        "Hải Hà", "Móng Cái", "Quảng Yên", "Tiên Yên", "Uông Bí", "Vân Đồn",
    )  # fmt: skip


def test_short_name_is_without_the_kind() -> None:
    assert [locality.short_name for locality in find_localities("Đặc khu")] == ["Cô Tô", "Vân Đồn"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Đồng Rui", ["Xã Hải Lạng"]),
        ("dong rui", ["Xã Hải Lạng"]),
        ("xã Đồng Rui", ["Xã Hải Lạng"]),
        ("Tiên Yên", ["Xã Tiên Yên", "Xã Điền Xá", "Xã Đông Ngũ", "Xã Hải Lạng"]),
        ("huyện Tiên Yên", ["Xã Điền Xá", "Xã Đông Ngũ", "Xã Hải Lạng", "Xã Tiên Yên"]),
        ("H. Ba Chẽ", ["Xã Ba Chẽ", "Xã Kỳ Thượng", "Xã Lương Minh"]),
        ("Cô Tô", ["Đặc khu Cô Tô"]),
        ("van don special", ["Đặc khu Vân Đồn"]),
        ("Thuỷ An", ["Phường Đông Triều"]),
        ("TX. Quảng Yên", [
            "Phường Đông Mai", "Phường Hà An", "Phường Hiệp Hòa",
            "Phường Liên Hòa", "Phường Phong Cốc", "Phường Quảng Yên",
        ]),
        ("Sài Gòn", []),
    ],
)  # fmt: skip
def test_find_localities_by_old_and_new_names(query: str, found: list[str]) -> None:
    assert sorted(names(query)) == sorted(found)


def test_find_localities_puts_the_very_name_first() -> None:
    assert names("Hạ Long")[0] == "Phường Hạ Long"
    assert names("Hải Hòa")[0] == "Xã Hải Hòa"
    assert sorted(names("Hải Hòa")) == ["Phường Móng Cái 1", "Xã Hải Hòa", "Xã Hải Lạng"]


def test_find_localities_without_a_word_gives_all() -> None:
    assert find_localities("  ") == list(registered_localities())


@given(st.text(max_size=60))
def test_find_localities_answers_any_query(query: str) -> None:
    assert set(find_localities(query)) <= set(registered_localities())


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2022, 8, 22), "tỉnh Quảng Ninh", "Quảng Ninh province"),
        (date(2026, 8, 31), "tỉnh Quảng Ninh", "Quảng Ninh province"),
        (date(2026, 9, 1), "thành phố Quảng Ninh", "Quảng Ninh city"),
        (date(2027, 1, 29), "thành phố Quảng Ninh", "Quảng Ninh city"),
    ],
)
def test_province_name_on_a_day(day: date, vietnamese: str, english: str) -> None:
    assert (province_name_on(day, "vi"), province_name_on(day, "en")) == (vietnamese, english)


@pytest.mark.parametrize(
    ("district", "day", "name"),
    [
        ("Đông Triều", date(2024, 10, 31), "thị xã Đông Triều"),
        ("Đông Triều", date(2024, 11, 1), "thành phố Đông Triều"),
        ("Đông Triều", date(2025, 7, 1), ""),
        ("Tiên Yên", date(2025, 6, 30), "huyện Tiên Yên"),
        ("Hạ Long", date(2022, 8, 22), "thành phố Hạ Long"),
        ("Quảng Yên", date(2022, 8, 22), "thị xã Quảng Yên"),
        ("Sài Gòn", date(2022, 8, 22), ""),
    ],
)
def test_district_name_on_a_day(district: str, day: date, name: str) -> None:
    assert district_name_on(district, day, "vi") == name


@given(st.dates())
def test_every_unit_has_at_most_one_name_a_day(day: date) -> None:
    in_force = Counter((entry.level, entry.unit) for entry in administrative_names() if entry.holds_on(day))
    assert in_force["province", "Quảng Ninh"] == 1
    assert set(in_force.values()) == {1}
