"""Words and addresses for feeds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.calendars.feed_text import one_line, one_line_unescaped, several_lines, shortened, web_address


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("https://gianhang.example/hội-chợ?q=miến dong", "https://gianhang.example/h%E1%BB%99i-ch%E1%BB%A3?q=mi%E1%BA%BFn%20dong"),
        ("https://gianhang.example/50%/%C3%A9", "https://gianhang.example/50%25/%C3%A9"),
        ("https://gianhàng.vn/a", "https://xn--gianhng-dwa.vn/a"),
        ("http://127.0.0.1:8000/a#b", "http://127.0.0.1:8000/a#b"),
        ("https://a.example/\r\nX-EVIL:1", "https://a.example/X-EVIL:1"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[", ""),
        ("//a.example/b", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_web_address_is_ascii_or_nothing(address: str, encoded: str) -> None:
    assert web_address(address) == encoded


@given(st.text())
def test_web_address_of_any_path_is_printable_ascii(path: str) -> None:
    address = web_address(f"https://gianhang.example/{path}")
    assert address == "".join(sign for sign in address if "!" <= sign <= "~")


@given(st.text())
def test_several_lines_holds_newlines_but_no_other_control(words: str) -> None:
    assert {sign for sign in several_lines(words) if unicodedata.category(sign) in {"Cc", "Zl", "Zp"}} <= {"\n"}


def test_several_lines_composes_and_joins_all_line_ends() -> None:
    assert several_lines(" Mie\u0302\u0301n\r\ndong\u2028\tC:\\New\x00 ") == "Miến\ndong\n C:/New"


def test_one_line_squeezes_spaces() -> None:
    assert one_line("Hội  chợ\n OCOP\t2027") == "Hội chợ OCOP 2027"


def test_one_line_unescaped_needs_no_escaping() -> None:
    assert one_line_unescaped("Hội chợ, triển lãm; a\\b") == "Hội chợ triển lãm a/b"


def test_shortened_ends_with_an_ellipsis_only_when_cut() -> None:
    assert (shortened("abcdef", 6), shortened("abc def", 5)) == ("abcdef", "abc…")
