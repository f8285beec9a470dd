"""Tax codes: forms, the check digit, and the secrecy of personal numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.producers.tax_code import TaxCodeKind, normalise_tax_code, read_tax_code
from foundation.refusal import Refused

PUBLISHED = [
    "0100109106", "0101248141", "0300588569", "0100112437", "0100686209",
    "0100233488", "0100230800", "0100100079", "5700100256",
]  # fmt: skip
PERSONAL = "022099123456"


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_fit_their_check_digit(code: str) -> None:
    read = read_tax_code(code)
    assert (read.stored, read.shown, read.kind, read.check_ok) == (code, code, TaxCodeKind.MAIN, True)


@pytest.mark.parametrize("code", PUBLISHED)
def test_one_wrong_digit_is_noticed_but_taken(code: str) -> None:
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert (read_tax_code(wrong).stored, read_tax_code(wrong).check_ok) == (wrong, False)


@pytest.mark.parametrize("typed", ["5700100256-001", "5700100256001", " 5700 100 256 – 001 ", "5700.100.256.001"])
def test_branch_code_is_stored_with_a_hyphen(typed: str) -> None:
    read = read_tax_code(typed)
    assert (read.stored, read.branch, read.kind, read.check_ok) == ("5700100256-001", "001", TaxCodeKind.BRANCH, True)


def test_personal_number_is_masked_and_kept_out_of_logs() -> None:
    read = read_tax_code("022 099 123 456")
    assert (read.kind, read.stored, read.shown, read.check_ok) == (
        TaxCodeKind.PERSONAL, PERSONAL, "•••••••••456", True,
    )  # fmt: skip
    assert PERSONAL not in repr(read)


def test_personal_number_of_no_province_is_noticed_but_taken() -> None:
    assert [read_tax_code(code).check_ok for code in ("000099123456", "097099123456")] == [False, False]


@pytest.mark.parametrize(
    "typed", ["", "123", "570010025", "57001002566", "5700100256-000", "57001002560011", "MST5700100256", "٥٧٠٠١٠٠٢٥٦"]
)
def test_other_forms_are_refused_without_repeating_them(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_tax_code(typed)
    assert (refusal.value.reason, refusal.value.facts) == ("tax_code_form", {})


def test_normalise_tax_code_leaves_nothing_empty() -> None:
    assert (normalise_tax_code("  "), normalise_tax_code("57 00100256")) == ("", "5700100256")


@given(st.text(max_size=30))
def test_read_tax_code_answers_or_refuses(typed: str) -> None:
    try:
        read = read_tax_code(typed)
    except Refused:
        return
    assert len(read.digits + read.branch) in {10, 12, 13}
    assert read_tax_code(read.stored) == read
