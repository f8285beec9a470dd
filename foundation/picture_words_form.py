"""What is typed about every picture that visitors may see: what it shows, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Optional

from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class PictureWordsForm(HouseForm):
    """The words for those who cannot see it; forms of one more picture add the field `file`."""

    alt_vi = StringField(
        _("What the picture shows, in Vietnamese"), description=_("Read out to those who cannot see it.")
    )
    alt_en = StringField(_("What the picture shows, in English"), validators=[Optional()])

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        field = str(refusal.facts.get("field", ""))
        if field in self._fields:
            self.fault(field, refusal_words(refusal))
        elif "file" in self._fields and refusal.reason.startswith(("file_", "picture_")):
            self.fault("file", refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))
