"""What is typed by somebody who claims a unit, and by the officer who answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from exhibitors.producers.claims.unit_claim import LONGEST_WORDS
from foundation.house_form import HouseForm


class CodeForm(HouseForm):
    """A code from a letter."""

    code = StringField(
        _("Code from the letter"),
        validators=[InputRequired(_("Type the code that stands in the letter.")), Length(max=40)],
        description=_("Ten letters and digits; small letters and the hyphen do not matter."),
    )


class AskForm(HouseForm):
    """Why the unit is one's own."""

    unit = HiddenField(validators=[Length(max=120)])
    words = TextAreaField(
        _("How can the officer know that it is your unit?"),
        validators=[Optional(), Length(max=LONGEST_WORDS)],
        description=_("For example who you are in the unit and a phone number to call. Only officers read it."),
    )


class AnswerForm(HouseForm):
    """An officer's answer to one claim."""

    claim = HiddenField(validators=[Length(max=10)])
    outcome = RadioField(
        _("Answer"),
        choices=[("grant", _("The unit is theirs")), ("refuse", _("It is not"))],
        validators=[InputRequired(_("Choose an answer."))],
    )
    reason = TextAreaField(
        _("Reason"),
        validators=[Length(max=LONGEST_WORDS)],
        description=_("Needed when it is not; the person will read it."),
    )
