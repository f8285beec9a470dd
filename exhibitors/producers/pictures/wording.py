"""The sentences about pictures of units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "unit_picture_alt_missing": _("Say in Vietnamese what the picture shows."),
    "unit_picture_alt_long": _("At most %(most)s characters, please."),
    "unit_picture_product": _("Choose one of your products from the list."),
    "too_many_unit_pictures": _("A unit keeps at most %(most)s pictures. Remove one first."),
}
register_refusals(REFUSALS)
