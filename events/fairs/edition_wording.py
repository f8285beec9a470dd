"""Why a new edition is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from events.fairs.wording import DATE_NAMES
from foundation.refusal_words import register_refusals

REFUSALS = {
    "clone_needs_days": _("The days of this fair are not known, so nothing tells how far to move. Enter them first."),
    "day_out_of_range": _("A date would leave the calendar. Check the year."),
    "lunar_order": _(
        "By the lunar calendar the order of this fair's dates would change: a leap month or a month of 29 days lies "
        "between them. Move them equally far instead."
    ),
    "series_name_missing": _("Enter the name that all editions have in common."),
}
register_refusals(REFUSALS)


def name_dates(words: Mapping[str, LazyString]) -> None:
    """Say what a capability's dates are called where a new edition shows them."""
    DATE_NAMES.update(words)
