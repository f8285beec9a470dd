"""The words of a fair's days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "not_selling_today": _("This can be said on the days on which the fair is open, once the booth is confirmed."),
    "product_not_brought": _("Choose among the products that you bring to this fair."),
}
register_refusals(REFUSALS)
