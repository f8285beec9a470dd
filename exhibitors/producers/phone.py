"""Vietnamese phone numbers: stored as E.164, shown as people write them."""

from __future__ import annotations

import re

from foundation.folding import nfc
from foundation.refusal import Refused

_VIETNAM = 84
_NINE_DIGITS = re.compile(r"\+84([13-9]\d{2})(\d{3})(\d{3})")
_LANDLINE = re.compile(r"\+84(24|28|2\d{2})(\d{4})(\d{3,4})")


def normalise_phone(text: str) -> str:
    """E.164 of a Vietnamese mobile or landline, "+84912345678"; empty for nothing typed.

    Landlines of other provinces are taken, for exhibitors come from there. Refuses phone_form with `why`: unreadable,
    foreign, length, service (1800, 1900 and the like), extension. The number is not among the facts.
    """
    import phonenumbers  # reason: 2 MB of other countries' rules, and few requests hold a number

    typed = nfc(text.strip())
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException as error:
        raise Refused("phone_form", why="unreadable") from error
    if number.country_code != _VIETNAM:
        raise Refused("phone_form", why="foreign")
    if number.extension:
        raise Refused("phone_form", why="extension")
    if not phonenumbers.is_valid_number(number):
        raise Refused("phone_form", why="length")
    answered_by_people = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE}
    if phonenumbers.number_type(number) not in answered_by_people:
        raise Refused("phone_form", why="service")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(stored: str) -> str:
    """A stored number in groups: "0912 345 678", "0203 3835 677"; anything else as it stands."""
    known = _NINE_DIGITS.fullmatch(stored) or _LANDLINE.fullmatch(stored)
    return f"0{' '.join(known.groups())}" if known else stored
