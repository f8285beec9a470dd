"""The texts of pledge and consents by their versions. A text in force is never edited: add the next version."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.applications.given_word import Purpose
from foundation.refusal_words import register_refusals

TEXTS = {
    (Purpose.PLEDGE, 1): _(
        "We pledge that what is written here is true, that our goods have a clear origin, are labelled and safe, and "
        "that our booth is not passed on to anybody else."
    ),
    (Purpose.PHOTOS, 1): _("The organiser may publish photos and films of our booth in which we can be seen."),
    (Purpose.BUYERS, 1): _("The organiser may give our contact to buyers and distributors who ask for our goods."),
    (Purpose.NEXT_FAIRS, 1): _("The organiser may use our contact to tell us of its next fairs."),
}
PURPOSE_WORDS = {
    Purpose.PLEDGE: _("Pledge"),
    Purpose.PHOTOS: _("Photos and films"),
    Purpose.BUYERS: _("Contact for buyers"),
    Purpose.NEXT_FAIRS: _("News of next fairs"),
}
REFUSALS = {
    "pledge_not_given": _("Tick the pledge: without it the application cannot be sent."),
    "pledge_stands": _("The pledge cannot be taken back by itself. Withdraw the application instead."),
}
register_refusals(REFUSALS)
