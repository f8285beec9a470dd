"""Phone numbers as typed, stored and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, format_number, parse

from exhibitors.producers.phone import display_phone, normalise_phone
from foundation.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("0912345678", "+84912345678", "0912 345 678"),
        ("0912.345.678", "+84912345678", "0912 345 678"),
        ("+84 912-345-678", "+84912345678", "0912 345 678"),
        ("84912345678", "+84912345678", "0912 345 678"),
        ("0203 3 835 677", "+842033835677", "0203 3835 677"),
        ("(024) 3826 1234", "+842438261234", "024 3826 1234"),
        ("0912345678" + " " * 300, "+84912345678", "0912 345 678"),
        ("", "", ""),
        ("  ", "", ""),
    ],
)
def test_phone_is_stored_as_e164_and_shown_in_groups(typed: str, stored: str, shown: str) -> None:
    assert (normalise_phone(typed), display_phone(stored)) == (stored, shown)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("gọi sau", "unreadable"),
        ("+", "unreadable"),
        ("+66 2 123 4567", "foreign"),
        ("0912345678 ext. 5", "extension"),
        ("0912 345", "length"),
        ("0123456789", "length"),
        ("0203 383 567", "length"),
        ("0912345678 / 0913345678", "unreadable"),
        ("0" * 5000, "unreadable"),
        ("1800 1234", "service"),
        ("1900 1234", "service"),
    ],
)
def test_phone_of_another_kind_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        normalise_phone(typed)
    assert (refusal.value.reason, refusal.value.facts) == ("phone_form", {"why": why})


@given(st.text(alphabet="0123456789+ .-()x", max_size=30) | st.text(max_size=60))
def test_normalise_phone_answers_or_refuses_and_is_stable(typed: str) -> None:
    try:
        stored = normalise_phone(typed)
    except Refused:
        return
    assert normalise_phone(stored) == stored
    assert normalise_phone(display_phone(stored)) == stored


@given(st.from_regex(r"0([35789]\d{8}|2\d{9})", fullmatch=True))
def test_number_is_shown_as_the_library_groups_it(typed: str) -> None:
    try:
        stored = normalise_phone(typed)
    except Refused:
        return
    assert display_phone(stored) == format_number(parse(stored), PhoneNumberFormat.NATIONAL)


def test_display_phone_leaves_what_it_cannot_read() -> None:
    assert display_phone("hỏi ban tổ chức") == "hỏi ban tổ chức"
