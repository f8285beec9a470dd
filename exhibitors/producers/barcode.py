"""GS1 barcodes of 8, 12, 13 or 14 digits with their check digit (GS1 General Specifications, section 7.9)."""

from __future__ import annotations

import re

from foundation.refusal import Refused

LENGTHS = frozenset({8, 12, 13, 14})
_SEPARATORS = re.compile(r"[\s.-]+")


def normalise_barcode(text: str) -> str:
    """The digits alone, empty for nothing typed. Refuses barcode_form and, for a slip of the finger, barcode_check.

    893 at its beginning says that the number was given out in Vietnam, not where the goods come from.
    """
    digits = _SEPARATORS.sub("", text)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in LENGTHS:
        raise Refused("barcode_form")
    if int(digits[-1]) != check_digit(digits[:-1]):
        raise Refused("barcode_check")
    return digits


def check_digit(body: str) -> int:
    """From the right the digits count three times and once in turn; what is missing to a full ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -total % 10
