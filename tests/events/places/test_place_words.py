"""Words of administrative units before a place mean the place; anywhere else they mean what they say."""

from __future__ import annotations

import pytest

from events.places.place_words import PROVINCE, without_unit_words

NAMES = {("ha", "long"), ("binh", "lieu"), ("cai", "rong"), ("hong", "gai"), ("van", "don"), PROVINCE}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tp ha long", "ha long"),
        ("TP.Hạ Long", "Hạ Long"),
        ("Thành phố Hạ Long", "Hạ Long"),
        ("miến dong h. Bình Liêu", "miến dong Bình Liêu"),
        ("huyện Bình Liêu tỉnh Quảng Ninh", "Bình Liêu Quảng Ninh"),
        ("thị trấn Cái Rồng", "Cái Rồng"),
        ("P.Hồng Gai, TP Hạ Long", "Hồng Gai Hạ Long"),
        ("đặc khu Vân Đồn", "Vân Đồn"),
    ],
)
def test_unit_before_a_place_is_left_out(typed: str, meant: str) -> None:
    assert without_unit_words(typed, NAMES) == meant


@pytest.mark.parametrize("typed", ["xà phòng", "tinh dầu", "chị Huyền", "Hạ Long tp", "h", "", "tp", "HTX Phương Nam"])
def test_elsewhere_they_stay(typed: str) -> None:
    assert without_unit_words(typed, NAMES) == typed
