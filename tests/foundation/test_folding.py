"""Folding, slugs, search words and the Vietnamese alphabet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.folding import (
    LONGEST_TERM,
    MOST_TERMS,
    expand_abbreviations,
    fold,
    nfc,
    organisation_sort_key,
    search_terms,
    slugify,
    strip_controls,
    vietnamese_sort_key,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Miến Bình Liêu", "mien binh lieu"),
        ("  Đồng\u00a0 Rui\n", "dong rui"),
        (unicodedata.normalize("NFD", "Phường Hiệp Hòa"), "phuong hiep hoa"),
        ("Hoà Thuỷ Qúy", "hoa thuy quy"),
        ("Ẵ Ễ Ỗ Ỡ Ữ Ỹ Đ", "a e o o u y d"),
        ("", ""),
    ],
)
def test_fold_known_words(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_fold_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_is_blind_to_the_form_typed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_nfc_composes_what_a_phone_sent() -> None:
    assert nfc("Mie\u0302\u0301n") == "Miến"


def test_slugify_fair_name() -> None:
    assert slugify("Hội chợ OCOP Quảng Ninh – Xuân 2026") == "hoi-cho-ocop-quang-ninh-xuan-2026"


def test_slugify_long_name_is_cut_between_words() -> None:
    assert slugify("Tuần Xúc tiến tiêu thụ sản phẩm", longest=16) == "tuan-xuc-tien"


def test_slugify_one_endless_word_is_cut_inside() -> None:
    assert slugify("x" * 90, longest=20) == "x" * 20


def test_slugify_without_latin_letters_is_empty() -> None:
    assert slugify("ตลาด!") == ""


@given(st.text(max_size=300))
def test_slugify_yields_only_letters_digits_and_single_hyphens(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= 80
    assert slug == "-".join(part for part in slug.split("-") if part)
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in slug)


def test_search_terms_drops_signs_and_repeats() -> None:
    assert search_terms('  "Miến* OR (dong) miến: %_\\') == ["mien", "or", "dong"]


@given(st.text(max_size=2000))
def test_search_terms_are_few_short_and_alphanumeric(query: str) -> None:
    terms = search_terms(query)
    assert len(terms) <= MOST_TERMS
    assert all(term.isalnum() or not term.isascii() for term in terms)
    assert all(0 < len(term) <= LONGEST_TERM for term in terms)
    assert not any(sign in term for term in terms for sign in "\"'%_*\\ ;-")


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("HTX Đình Trung", "htx dinh trung hop tac xa"),
        ("Hợp tác xã Đình Trung", "hop tac xa dinh trung htx"),
        ("TP. Hạ Long", "tp. ha long thanh pho"),
        ("UBND TX Quảng Yên", "ubnd tx quang yen thi xa uy ban nhan dan"),
        ("Tổ hợp tác (THT) Tân An", "to hop tac (tht) tan an"),
        ("DN Vanbest", "dn vanbest doanh nghiep"),
        ("Tptx", "tptx"),
    ],
)
def test_expand_abbreviations_holds_both_forms(written: str, searched: str) -> None:
    assert expand_abbreviations(written) == searched


def test_sort_key_places_as_in_the_vietnamese_alphabet() -> None:
    places = ["Cẩm Phả", "Cô Tô", "Dương Huy", "Đầm Hà", "Đông Triều", "Hà An", "Hạ Long", "Hải Hà"]
    assert sorted(sorted(places), key=vietnamese_sort_key) == places


def test_sort_key_letters_tones_and_capitals() -> None:
    alphabet = "aAàảãáạăắâậbdđeêioôơuưy"
    assert "".join(sorted(sorted(alphabet), key=vietnamese_sort_key)) == alphabet


def test_sort_key_tone_decides_only_between_equal_letters() -> None:
    assert sorted(["Hạ An", "Hà Tu", "Hà An"], key=vietnamese_sort_key) == ["Hà An", "Hạ An", "Hà Tu"]


def test_sort_key_spaces_digits_letters_then_other_scripts() -> None:
    words = ["Móng Cái 1", "Móng Cái 2", "Móng Cáp", "Zalo", "Москва"]
    assert sorted(sorted(words), key=vietnamese_sort_key) == words


@given(st.text(), st.text())
def test_sort_key_of_the_decomposed_form_is_the_same(left: str, right: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, left + right) for form in ("NFC", "NFD"))
    assert vietnamese_sort_key(composed) == vietnamese_sort_key(decomposed)


@pytest.mark.parametrize(
    ("name", "stands_under"),
    [
        ("Công ty TNHH Long Hải", "Long Hải"),
        ("Công ty TNHH MTV Vanbest", "Vanbest"),
        ("Công ty CP Ngọc trai Hạ Long", "Ngọc trai Hạ Long"),
        ("CÔNG TY CỔ PHẦN Bavabi", "Bavabi"),
        ("HTX Việt Hoàng", "Việt Hoàng"),
        ("Hợp tác xã “Đình Trung”", "Đình Trung"),
        ("Hộ kinh doanh Mạnh Hà", "Mạnh Hà"),
        ("Cơ sở Xuân Thế", "Xuân Thế"),
        ("HTX", "HTX"),
        ("Cơ sởm", "Cơ sởm"),
        ("", ""),
    ],
)
def test_organisation_sort_key_drops_the_legal_form(name: str, stands_under: str) -> None:
    assert organisation_sort_key(name) == vietnamese_sort_key(stands_under)


def test_strip_controls_keeps_tab_and_newline() -> None:
    assert strip_controls("a\x00b\tc\r\nd\re\x07\x0b\x7f\x85\ud800f\n") == "ab\tc\nd\nef\n"


@given(st.text())
def test_strip_controls_leaves_printable_text_alone(text: str) -> None:
    kept = strip_controls(text)
    assert strip_controls(kept) == kept
    assert not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n" for sign in kept)
    assert kept.encode().decode() == kept
