"""The words of programmes on screens: kinds and refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from events.programme.programme_item import ItemKind
from foundation.refusal_words import register_refusals

ITEM_KINDS: dict[ItemKind, LazyString] = {
    ItemKind.OPENING: _("Opening ceremony"),
    ItemKind.PERFORMANCE: _("Performance"),
    ItemKind.DEMONSTRATION: _("Craft or cooking shown"),
    ItemKind.CONTEST: _("Contest"),
    ItemKind.MEETING: _("Seminar or trade meeting"),
    ItemKind.AWARD: _("Awards"),
    ItemKind.OFFER: _("Special offers"),
    ItemKind.CLOSING: _("Closing ceremony"),
    ItemKind.OTHER: _("Something else"),
}
REFUSALS = {
    "programme_kind_unknown": _("Choose a kind from the list."),
    "programme_title_missing": _("Enter the title in Vietnamese."),
    "programme_text_too_long": _("This text is too long: there is room for %(most)s characters."),
    "programme_needs_days": _("Set the fair's days first: an item stands on one of them."),
    "programme_day_outside": _("The fair is not on that day. Choose a day of the fair."),
    "programme_day_closed": _("The fair is closed on that day. Choose another."),
    "programme_ends_before_start": _("The end must be later than the start, on the same day."),
    "programme_item_twice": _("“%(title)s” stands in the programme at that hour already."),
    "programme_too_long": _("A programme has room for %(most)s items."),
}
register_refusals(REFUSALS)
