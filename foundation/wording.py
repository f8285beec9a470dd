"""Sentences of the refusals that belong to no capability."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "money_missing": _("Enter an amount of money."),
    "money_unreadable": _("“%(typed)s” cannot be read as an amount. Write it like 45.000."),
    "money_ambiguous": _("“%(typed)s” can be read in two ways. Write it like 45.000."),
    "money_not_whole": _("“%(typed)s” is not a whole number of đồng."),
    "money_too_large": _("“%(typed)s” is too large an amount."),
}
register_refusals(REFUSALS)
