"""Vietnamese tax codes: main (10 digits), branch (10 and 3), and the personal number of households since 07/2025."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.refusal import Refused

_SEPARATORS = re.compile(r"[\s.\u2010-\u2015-]+")
_DIGITS = re.compile(r"[0-9]+")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_LAST_PROVINCE = 96
_SHOWN_OF_PERSONAL = 3


class TaxCodeKind(StrEnum):
    """What the number of digits says."""

    MAIN = "main"
    BRANCH = "branch"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax code in its parts. `check_ok` False is worth a question, never a refusal.

    The digits stay out of `repr`: a personal number must not reach a log.
    """

    digits: str = field(repr=False)
    branch: str
    kind: TaxCodeKind
    check_ok: bool

    @property
    def stored(self) -> str:
        """Digits, for a branch with a hyphen before its three: "5700100256-001"."""
        return f"{self.digits}-{self.branch}" if self.branch else self.digits

    @property
    def shown(self) -> str:
        """As `stored`, a personal number masked but for its last three digits."""
        if self.kind != TaxCodeKind.PERSONAL:
            return self.stored
        return "•" * (len(self.digits) - _SHOWN_OF_PERSONAL) + self.digits[-_SHOWN_OF_PERSONAL:]


def read_tax_code(text: str) -> TaxCode:
    """The tax code in what was typed, with or without spaces, dots and hyphens.

    Refuses tax_code_form for another number of digits, other signs, or a branch 000. Nothing typed is among the facts.
    """
    digits = _SEPARATORS.sub("", text)
    if not _DIGITS.fullmatch(digits):
        raise Refused("tax_code_form")
    if len(digits) == 12:
        return TaxCode(digits, "", TaxCodeKind.PERSONAL, _is_personal_number(digits))
    main, branch = digits[:10], digits[10:]
    if len(digits) not in {10, 13} or branch == "000":
        raise Refused("tax_code_form")
    kind = TaxCodeKind.BRANCH if branch else TaxCodeKind.MAIN
    return TaxCode(main, branch, kind, _check_digit_fits(main))


def normalise_tax_code(text: str) -> str:
    """The form to store, empty for nothing typed; refuses as `read_tax_code` does."""
    return read_tax_code(text).stored if text.strip() else ""


def _check_digit_fits(main: str) -> bool:
    """Digit 10 is 10 − (Σ weight · digit mod 11); where that gives 10 no digit fits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, main, strict=False))
    return int(main[9]) == 10 - total % 11


def _is_personal_number(digits: str) -> bool:
    """A personal number begins with one of the provinces 001 to 096 and has no check digit."""
    return 1 <= int(digits[:3]) <= _LAST_PROVINCE
