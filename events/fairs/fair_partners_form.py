"""What may be typed about a partner of a fair."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from events.fairs.fair_partner import PartnerSayings
from events.fairs.set_up_wording import PARTNER_ROLES
from foundation.country_names import country_choices
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class PartnerForm(HouseForm):
    """One partner. Call `offer` before validating."""

    role = SelectField(
        _("What it is to the fair"), choices=[(role.value, words) for role, words in PARTNER_ROLES.items()]
    )
    name_vi = StringField(_("Name in Vietnamese"))
    name_en = StringField(_("Name in English"), validators=[Optional()])
    country = SelectField(_("Country"), validators=[Optional()], description=_("Needed for exhibitors from abroad."))
    note_vi = StringField(_("Goods or share in the fair, in Vietnamese"), validators=[Optional()])
    note_en = StringField(_("Goods or share in the fair, in English"), validators=[Optional()])
    website = StringField(_("Website"), validators=[Optional()], description=_("Beginning with https://"))

    def offer(self) -> None:
        """Fill the list of countries in the page's language."""
        self.country.choices = [("", str(_("No country"))), *country_choices()]

    def said(self) -> PartnerSayings:
        """What the verb takes."""
        return PartnerSayings(**{name: field.data or "" for name, field in self._fields.items()})

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        if "field" in refusal.facts:
            self.fault(str(refusal.facts["field"]), refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))
