"""Barcodes with their check digit, and addresses of pages elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.producers.barcode import LENGTHS, check_digit, normalise_barcode
from exhibitors.producers.web_address import web_address
from foundation.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("893 4602 001078", "8934602001078"), ("4006381333931", "4006381333931"), ("96385074", "96385074")],
)
def test_barcode_is_kept_as_digits(typed: str, kept: str) -> None:
    assert normalise_barcode(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("8934602001079", "barcode_check"),
        ("893460200107", "barcode_check"),
        ("12345", "barcode_form"),
        ("8934602oo1078", "barcode_form"),
        ("٨٩٣٤٦٠٢٠٠١٠٧٨", "barcode_form"),
    ],
)
def test_barcode_with_a_slip_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        normalise_barcode(typed)
    assert refused.value.reason == reason


@given(st.sampled_from(sorted(LENGTHS)), st.data())
def test_one_wrong_digit_is_always_found(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    whole = body + str(check_digit(body))
    assert normalise_barcode(whole) == whole
    place = data.draw(st.integers(0, length - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != whole[place]]))
    with pytest.raises(Refused):
        normalise_barcode(whole[:place] + other + whole[place + 1 :])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" ", ""), ("mienbinhlieu.vn", "https://mienbinhlieu.vn"), ("http://a.vn/b?c=1", "http://a.vn/b?c=1")],
)
def test_address_can_be_linked_to(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://a.b/%0aalert(1)",
        "a b.vn",
        "abc",
        "ftp://a.vn",
        "https://me:pw@a.vn",
        "https://[",
        "x.vn/" + "a" * 300,
    ],
)
def test_address_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        web_address(typed)
    assert refused.value.reason == "web_address_form"
