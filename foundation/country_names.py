"""Names of countries in the page's language."""

from __future__ import annotations

from babel import Locale

from foundation.countries import COUNTRIES
from foundation.folding import vietnamese_sort_key
from foundation.languages import current_language


def country_name(code: str) -> str:
    """The country's name: "Thái Lan", "Thailand"."""
    return str(Locale.parse(current_language()).territories.get(code, code))


def country_choices() -> list[tuple[str, str]]:
    """Code and name of every country, by name."""
    names = [(code, country_name(code)) for code in COUNTRIES]
    return sorted(names, key=lambda pair: vietnamese_sort_key(pair[1]))
