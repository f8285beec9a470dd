"""The words of decisions' letters on organisers' screens: their kinds, what placeholders mean, and refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

KIND_WORDS = {
    "accepted": _("Letter of acceptance"),
    "waitlisted": _("Letter of the waiting list"),
    "rejected": _("Letter of refusal"),
    "reminder": _("Letter that reminds of an offer"),
}
LANGUAGE_WORDS = {"vi": _("in Vietnamese"), "en": _("in English")}
PLACEHOLDER_WORDS = {
    "producer": _("name of the unit"),
    "fair": _("name of the fair"),
    "code": _("code of the application"),
    "days": _("days of the fair"),
    "venues": _("venues of the fair"),
    "link": _("address where the unit follows and answers"),
    "organiser": _("name of the organiser"),
    "booths": _("booths given"),
    "confirm_by": _("moment until which the unit confirms"),
    "reason": _("reason noted with the decision"),
}
REFUSALS = {
    "words_unknown": _("There is no such letter."),
    "words_missing": _("Write something here."),
    "words_too_long": _("Shorten this to %(most)s characters."),
    "brace_alone": _("A brace stands alone. Write placeholders like {code}."),
    "placeholder_unknown": _("This letter does not know %(names)s."),
    "placeholder_needed": _("This letter has to say %(names)s."),
    "words_stale": _("A colleague has changed these words in the meantime. Compare, then save again."),
    "letter_gone": _("This letter has left already."),
    "letter_leaving": _(
        "This letter is being handed to the mail server at this moment, so it cannot be held any more."
    ),
    "letter_discarded": _("This letter was discarded."),
    "letter_not_held": _("Hold the letter first, so that it does not leave while you write."),
}
register_refusals(REFUSALS)
