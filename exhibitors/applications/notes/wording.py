"""The words of notes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "internal_note_empty": _("Write something first."),
    "internal_note_too_long": _("Shorten the note to %(most)s characters."),
    "too_many_internal_notes": _("An application has room for %(most)s notes. Take one of yours back first."),
    "mention_impossible": _("Somebody you picked cannot open this application, so nothing was kept. Pick anew."),
    "note_of_another": _("Only who wrote a note takes it back."),
}
register_refusals(REFUSALS)
