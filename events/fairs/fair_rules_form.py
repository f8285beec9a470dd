"""What may be typed as the rules of a fair."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import Optional

from events.fairs.fair_rules import FairRules
from events.fairs.overtaken_form import OvertakenForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class FairRulesForm(OvertakenForm):
    """The next version of the rules."""

    body_vi = TextAreaField(_("Rules in Vietnamese"))
    body_en = TextAreaField(_("Rules in English"), validators=[Optional()])

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        if "field" in refusal.facts:
            self.fault(str(refusal.facts["field"]), refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))


def values_of_rules(rules: FairRules | None) -> dict[str, str]:
    """The form's values for the rules in force, or for none yet."""
    if rules is None:
        return {"version": "0"}
    return {"body_vi": rules.body_vi, "body_en": rules.body_en, "version": str(rules.number)}
