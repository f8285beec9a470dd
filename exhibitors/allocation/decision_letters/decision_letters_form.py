"""What may be typed about the letters of decisions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField

from exhibitors.allocation.letter_words.write_decision_text import objections_to
from foundation.house_form import HouseForm
from foundation.refusal_words import refusal_words


class WordsForm(HouseForm):
    """Subject and body of one letter."""

    subject = StringField(_("Subject"))
    body = TextAreaField(_("Letter"))
    version = HiddenField()

    @property
    def expected_version(self) -> int:
        """The version that was on the screen, 0 where there was none."""
        return self.brought_back("version")

    @property
    def seen_mark(self) -> str:
        """The mark of the words that were on the screen."""
        return (self.version.data or "")[:32]

    def object_to(self, kind: str) -> bool:
        """Put everything that is wrong with the words beside their fields; answers whether anything is."""
        for field, objection in objections_to(kind, (self.subject.data or "").strip(), (self.body.data or "").strip()):
            self.fault(field, refusal_words(objection))
        return bool(self.errors)
