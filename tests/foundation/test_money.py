"""Money and numbers, written and read in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import MOST_DONG, format_money, format_number, money_in_words, parse_money
from foundation.refusal import Refused


def test_format_number_groups_by_the_language() -> None:
    assert (format_number(1842, "vi"), format_number(1842, "en")) == ("1.842", "1,842")
    assert (format_number(Decimal("1234.5"), "vi"), format_number(Decimal("1234.5"), "en")) == ("1.234,5", "1,234.5")
    assert format_number(-1000, "vi") == "-1.000"
    assert [format_number(kilowatts, "vi") for kilowatts in (3.0, 2.5, 1234567.5)] == ["3", "2,5", "1.234.567,5"]


def test_format_money_uses_a_no_break_space() -> None:
    assert format_money(1_600_000, "vi") == "1.600.000\u00a0đồng"
    assert format_money(1_600_000, "en") == "1,600,000\u00a0đồng"
    assert format_money(45_000, "vi", short=True) == "45.000\u00a0đ"
    assert format_money(0, "vi") == "0\u00a0đồng"


@pytest.mark.parametrize(
    ("dong", "vietnamese", "english"),
    [
        (1_600_000_000, "1,6 tỷ đồng", "1.6 billion đồng"),
        (760_000_000, "760 triệu đồng", "760 million đồng"),
        (1_635_000_000, "1,64 tỷ đồng", "1.64 billion đồng"),
        (999_999_999, "1 tỷ đồng", "1 billion đồng"),
        (1_500_000, "1,5 triệu đồng", "1.5 million đồng"),
        (600_000, "600.000 đồng", "600,000 đồng"),
        (2_345_000_000_000, "2.345 tỷ đồng", "2,345 billion đồng"),
        (100_000_000_000, "100 tỷ đồng", "100 billion đồng"),
    ],
)
def test_money_in_words_rounds_to_what_people_say(dong: int, vietnamese: str, english: str) -> None:
    assert money_in_words(dong, "vi").replace("\u00a0", " ") == vietnamese
    assert money_in_words(dong, "en").replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("typed", "dong"),
    [
        ("1.600.000", 1_600_000),
        ("1600000", 1_600_000),
        ("1 600 000 đồng", 1_600_000),
        ("1,600,000", 1_600_000),
        ("1.600", 1_600),
        ("1.600.000\u00a0₫", 1_600_000),
        ("45.000đ", 45_000),
        ("500 VND", 500),
        ("1,6 tỷ", 1_600_000_000),
        ("1,6 tỉ đồng", 1_600_000_000),
        ("1.6 tỷ", 1_600_000_000),
        ("1.234,5 triệu", 1_234_500_000),
        ("760 triệu", 760_000_000),
        ("50tr", 50_000_000),
        ("50 nghìn", 50_000),
        ("0", 0),
        ("1,0 đồng", 1),
    ],
)
def test_parse_money_reads_what_people_type(typed: str, dong: int) -> None:
    assert parse_money(typed) == dong


def test_parse_money_in_english_reads_english_signs() -> None:
    assert parse_money("1,600", "en") == 1_600
    assert parse_money("1.6 billion", "en") == 1_600_000_000


@pytest.mark.parametrize(
    ("typed", "language", "reason"),
    [
        ("", "vi", "money_missing"),
        ("   ", "vi", "money_missing"),
        ("nhiều", "vi", "money_unreadable"),
        ("-5", "vi", "money_unreadable"),
        ("1.60.000", "vi", "money_unreadable"),
        ("1 tỷ 6", "vi", "money_unreadable"),
        ("1.600.000,", "vi", "money_unreadable"),
        ("12 34", "vi", "money_unreadable"),
        ("1e9", "vi", "money_unreadable"),
        ("١٢٣", "vi", "money_unreadable"),
        ("1,600", "vi", "money_ambiguous"),
        ("1,600 tỷ", "vi", "money_ambiguous"),
        ("1.600", "en", "money_ambiguous"),
        ("1,5", "vi", "money_not_whole"),
        ("1,0000000001 tỷ", "vi", "money_not_whole"),
        ("9" * 20, "vi", "money_too_large"),
        ("9" * 5000, "vi", "money_too_large"),
    ],
)
def test_parse_money_refuses_with_a_reason(typed: str, language: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_money(typed, language)
    assert (refusal.value.reason, refusal.value.facts["typed"]) == (reason, typed)


@given(st.integers(0, MOST_DONG), st.sampled_from(["vi", "en"]), st.booleans())
def test_parse_money_reads_back_what_was_written(dong: int, language: str, short: bool) -> None:
    assert parse_money(format_money(dong, language, short=short), language) == dong


@given(st.text(alphabet="0123456789., tỷđồngtriệu\u00a0", max_size=40) | st.text(), st.sampled_from(["vi", "en"]))
def test_parse_money_answers_or_refuses_and_nothing_else(typed: str, language: str) -> None:
    try:
        dong = parse_money(typed, language)
    except Refused:
        return
    assert 0 <= dong <= MOST_DONG
