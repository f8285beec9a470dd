"""Vietnamese phone numbers: stored as E.164, shown as people write them."""

from __future__ import annotations

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

from foundation.folding import nfc
from foundation.refusal import Refused

_VIETNAM = 84
_ANSWERED_BY_PEOPLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE}


def normalise_phone(text: str) -> str:
    """E.164 of a Vietnamese mobile or landline, "+84912345678"; empty for nothing typed.

    Landlines of other provinces are taken, for exhibitors come from there. Refuses phone_form with `why`: unreadable,
    foreign, length, service (1800, 1900 and the like), extension. The number is not among the facts.
    """
    typed = nfc(text.strip())
    if not typed:
        return ""
    try:
        number = parse(typed, "VN")
    except NumberParseException as error:
        raise Refused("phone_form", why="unreadable") from error
    if number.country_code != _VIETNAM:
        raise Refused("phone_form", why="foreign")
    if number.extension:
        raise Refused("phone_form", why="extension")
    if not is_valid_number(number):
        raise Refused("phone_form", why="length")
    if number_type(number) not in _ANSWERED_BY_PEOPLE:
        raise Refused("phone_form", why="service")
    return format_number(number, PhoneNumberFormat.E164)


def display_phone(stored: str) -> str:
    """A stored number in groups: "0912 345 678", "0203 3835 677"; anything else as it stands."""
    try:
        number = parse(stored)
    except NumberParseException:
        return stored
    return format_number(number, PhoneNumberFormat.NATIONAL)
