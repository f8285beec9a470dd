"""Product groups by date, and their drawings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from exhibitors.producers.product_group_register import (
    GLYPHS,
    find_group,
    glyph_of,
    groups_on,
    present_group,
    registered_groups,
)

BY_KEY = {group.key: group for group in registered_groups()}


def test_groups_today_are_the_six_of_decision_148() -> None:
    assert [group.key for group in groups_on(date(2026, 11, 23))] == [
        "food", "drinks", "herbs", "handicrafts", "ornamentals", "tourism",
    ]  # fmt: skip


def test_groups_before_decision_148_are_the_six_of_decision_490() -> None:
    last_day = date(2023, 2, 24) - timedelta(days=1)
    assert [group.key for group in groups_on(last_day)] == [
        "food", "drinks", "herbs-2018", "textiles-2018", "souvenirs-2018", "tourism-2018",
    ]  # fmt: skip


def test_groups_keep_their_references_and_glyphs() -> None:
    assert {group.replaced_by for group in registered_groups()} <= {"", *BY_KEY}
    assert {group.glyph for group in registered_groups()} <= set(GLYPHS)
    assert {bool(group.valid_to) == bool(group.replaced_by) for group in registered_groups()} == {True}


def test_present_group_follows_the_replacement() -> None:
    assert present_group(BY_KEY["textiles-2018"]).key == "handicrafts"
    assert present_group(BY_KEY["food"]).key == "food"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Thực phẩm", "food"),
        ("do uong", "drinks"),
        ("Thủ công mỹ nghệ", "handicrafts"),
        ("Dịch vụ du lịch", "tourism"),
        ("Thảo dược", "herbs-2018"),
        ("Dịch vụ du lịch nông thôn và bán hàng", "tourism-2018"),
    ],
)
def test_find_group_by_name_or_its_beginning(written: str, key: str) -> None:
    assert find_group(written) == BY_KEY[key]


def test_find_group_unknown_or_empty_is_none() -> None:
    assert (find_group("Ô tô"), find_group(" ")) == (None, None)


@pytest.mark.parametrize(
    ("group", "product", "glyph"),
    [
        ("food", "Trứng vịt biển Đồng Rui", "egg"),
        ("food", "Chả mực Mạnh Hà", "fish"),
        ("food", "Bánh cuốn chả mực", "cookie"),
        ("food", "Bánh Trung thu Xuân Thế", "cookie"),
        ("food", "Củ cải khô Đầm Hà", "wheat"),
        ("food", "Miến dong Bình Liêu", "wheat"),
        ("food", "Sữa Đông Triều", "milk"),
        ("food", "Chè Đường Hoa", "leaf"),
        ("drinks", "Rượu ba kích Ba Chẽ", "milk"),
        ("herbs", "Đông trùng hạ thảo ngâm mật ong", "leaf"),
        ("handicrafts", "Ngọc trai Akoya", "gem"),
        ("food", "Nấm đùi gà", "wheat"),
        ("food", "", "wheat"),
    ],
)
def test_glyph_of_product_by_its_telling_word(group: str, product: str, glyph: str) -> None:
    assert glyph_of(BY_KEY[group], product) == glyph
