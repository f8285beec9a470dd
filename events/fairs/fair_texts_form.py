"""What may be typed for visitors to read, and the cover picture."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from events.fairs.fair_texts import COVER, LONGEST_TEXTS
from events.fairs.overtaken_form import OvertakenForm
from foundation.country_names import country_choices
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import UploadField

MARKDOWN_HINT = _(
    "**bold**, *italic*, - at the start of a line for a list, ## for a heading, [words](https://…) for a link."
)


class FairTextsForm(OvertakenForm):
    """The long text in both languages."""

    description_vi = TextAreaField(_("Text in Vietnamese"), validators=[Optional()], description=MARKDOWN_HINT)
    description_en = TextAreaField(_("Text in English"), validators=[Optional()])
    cover_alt_vi = StringField(
        _("What the picture shows, in Vietnamese"),
        validators=[Optional()],
        description=_("Read out to those who cannot see it."),
    )
    cover_alt_en = StringField(_("What the picture shows, in English"), validators=[Optional()])
    has_sales = RadioField(
        _("Are goods sold?"), choices=[("", _("Not said")), ("yes", _("Yes")), ("no", _("No, for display alone"))]
    )
    guest_country = SelectField(_("Guest country"), validators=[Optional()], description=_("For a country week."))

    def offer(self) -> None:
        """Fill the list of countries in the page's language."""
        self.guest_country.choices = [("", str(_("No country"))), *country_choices()]

    def sells(self) -> bool | None:
        """Whether goods are sold; None when that is not said."""
        return {"yes": True, "no": False}.get(self.has_sales.data or "")

    def texts(self) -> dict[str, str]:
        """The keywords of `say_texts`."""
        return {name: self._fields[name].data or "" for name in LONGEST_TEXTS}

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        if "field" in refusal.facts:
            self.fault(str(refusal.facts["field"]), refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))


class CoverForm(HouseForm):
    """The picture at the head of the fair's page."""

    file = UploadField(_("Picture"), COVER, description=_("JPG, PNG or WEBP up to 10 MB; broad ones look best."))
