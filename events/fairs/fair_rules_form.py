"""What may be typed as the rules of a fair."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Optional

from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class FairRulesForm(HouseForm):
    """The next version of the rules."""

    body_vi = TextAreaField(_("Rules in Vietnamese"))
    body_en = TextAreaField(_("Rules in English"), validators=[Optional()])
    number = HiddenField()

    def expected_number(self) -> int:
        """The version that the typing began from, 0 for none."""
        return self.brought_back("number")

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        if "field" in refusal.facts:
            self.fault(str(refusal.facts["field"]), refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))
            if "version" in refusal.facts:
                self.carry("number", refusal.facts["version"])
