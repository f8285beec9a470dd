"""Numbers and money as people write and read them: whole đồng, triệu and tỷ, in Vietnamese and English."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from foundation.folding import fold
from foundation.refusal import Refused

NO_BREAK_SPACE = "\u00a0"
MOST_DONG = 10**15

_WORDS = {
    "vi": ((10**9, "tỷ"), (10**6, "triệu")),
    "en": ((10**9, "billion"), (10**6, "million")),
}
_UNITS = {
    "": 1,
    "nghin": 10**3, "ngan": 10**3, "thousand": 10**3,
    "tr": 10**6, "trieu": 10**6, "million": 10**6,
    "ty": 10**9, "ti": 10**9, "billion": 10**9,
}  # fmt: skip
_TYPED = re.compile(r"([0-9][0-9., ]*?) ?([a-z]*?) ?(?:dong|d|vnd|₫)?")
_GROUPED = {".": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"), ",": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")}
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")


def format_number(number: float | Decimal, language: str) -> str:
    """Grouped by thousands: 1842 gives "1.842", in English "1,842"; decimals are kept as they are, of a float those
    that say something: 3.0 gives "3", 2.5 "2,5".
    """
    english = f"{number:,.12g}" if isinstance(number, float) else f"{number:,}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def format_money(dong: int, language: str, *, short: bool = False) -> str:
    """Whole đồng with a no-break space: "1.600.000 đồng", in English "1,600,000 đồng"; short: "1.600.000 đ"."""
    return f"{format_number(dong, language)}{NO_BREAK_SPACE}{'đ' if short else 'đồng'}"


def money_in_words(dong: int, language: str) -> str:
    """A rounded amount for prose, at most two decimals: "1,6 tỷ đồng", "760 triệu đồng"; under a million in full."""
    for unit, word in _WORDS["en" if language == "en" else "vi"]:
        amount = (Decimal(dong) / unit).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if abs(amount) >= 1:
            number = format_number(_without_trailing_zeros(amount), language)
            return NO_BREAK_SPACE.join((number, word, "đồng"))
    return format_money(dong, language)


def parse_money(text: str, language: str = "vi") -> int:
    """Whole đồng from "1.600.000", "1600000", "1 600 000 đồng", "1,6 tỷ" or "760 triệu"; the English signs in English.

    Refuses money_missing, money_unreadable, money_ambiguous ("1,600" in Vietnamese: thousands or decimals?),
    money_not_whole ("1,5" đồng) and money_too_large, each with the text typed.
    """
    folded = fold(text)
    if not folded:
        raise Refused("money_missing", typed=text)
    match = _TYPED.fullmatch(folded)
    if match is None or match[2] not in _UNITS:
        raise Refused("money_unreadable", typed=text)
    unit = _UNITS[match[2]]
    dong = _read_number(match[1].strip(), text, language) * unit
    if dong != dong.to_integral_value():
        raise Refused("money_not_whole", typed=text)
    if dong > MOST_DONG:
        raise Refused("money_too_large", typed=text, most=MOST_DONG)
    return int(dong)


def _read_number(digits: str, typed: str, language: str) -> Decimal:
    """The number typed, of at most 30 signs; a sign of the other language is taken only where it can mean one thing."""
    thousands, comma = (",", ".") if language == "en" else (".", ",")
    if len(digits) > 30:
        raise Refused("money_too_large", typed=typed, most=MOST_DONG)
    if digits.isdigit():
        return Decimal(digits)
    if _SPACED.fullmatch(digits):
        return Decimal(digits.replace(" ", ""))
    if _GROUPED[thousands].fullmatch(digits):
        return Decimal(digits.replace(thousands, ""))
    if _GROUPED[comma].fullmatch(digits):
        if digits.count(comma) == 1:
            raise Refused("money_ambiguous", typed=typed)
        return Decimal(digits.replace(comma, ""))
    return _read_decimals(digits, typed, thousands, comma)


def _read_decimals(digits: str, typed: str, thousands: str, comma: str) -> Decimal:
    whole, sign, rest = digits.rpartition(comma)
    if sign and rest.isdigit() and (whole.isdigit() or _GROUPED[thousands].fullmatch(whole)):
        return Decimal(f"{whole.replace(thousands, '')}.{rest}")
    whole, sign, rest = digits.rpartition(thousands)
    if sign and rest.isdigit() and whole.isdigit() and len(rest) != 3:
        # Three digits would be a group; one or two after the thousands sign can only be decimals ("1.6 tỷ").
        return Decimal(f"{whole}.{rest}")
    raise Refused("money_unreadable", typed=typed)


def _without_trailing_zeros(amount: Decimal) -> Decimal:
    """1.60 as 1.6 and 760.00 as 760, never as 7.6E+2."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
