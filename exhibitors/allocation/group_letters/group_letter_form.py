"""What may be typed as a letter to many applicants."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from exhibitors.allocation.group_letters.write_group_letter import GroupWords
from exhibitors.allocation.publish_decisions_form import MOST_DIGITS, numbers_in
from foundation.house_form import HouseForm
from foundation.made_once import LONGEST_TOKEN, new_form_token
from foundation.refusal_words import refusal_words


class GroupLetterForm(HouseForm):
    """Both languages, and the ids of the applications that the organiser has seen; a form sent twice writes once."""

    subject_vi = StringField(_("Subject in Vietnamese"))
    body_vi = TextAreaField(_("Letter in Vietnamese"))
    subject_en = StringField(
        _("Subject in English"), description=_("May be left empty: then everybody reads the Vietnamese.")
    )
    body_en = TextAreaField(_("Letter in English"))
    hold_letters = BooleanField(
        _("Hold the letters"),
        description=_("They are written and wait: read them, change single ones, then let them go."),
    )
    seen = HiddenField(validators=[Length(max=MOST_DIGITS)])
    once = HiddenField(default=new_form_token, validators=[Length(max=LONGEST_TOKEN)])

    @property
    def words(self) -> GroupWords:
        """What was typed."""
        names = ("subject_vi", "body_vi", "subject_en", "body_en")
        return GroupWords.typed(**{name: self[name].data or "" for name in names})

    @property
    def seen_ids(self) -> list[int]:
        """The ids as numbers; anything else is left out."""
        return numbers_in(self.seen.data)

    def object_to(self) -> bool:
        """Put everything that is wrong with the words beside their fields; answers whether anything is."""
        for field, objection in self.words.objections():
            self.fault(field, refusal_words(objection))
        return bool(self.errors)
