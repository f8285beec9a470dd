"""What may be typed about a picture of a fair, and the picture itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Optional

from events.fairs.fair_gallery import GALLERY, PictureSayings
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import UploadField


class PictureWordsForm(HouseForm):
    """The words beside a picture."""

    alt_vi = StringField(
        _("What the picture shows, in Vietnamese"), description=_("Read out to those who cannot see it.")
    )
    alt_en = StringField(_("What the picture shows, in English"), validators=[Optional()])
    credit = StringField(_("Who took it"), description=_("Stands below the picture. Only send what you may publish."))

    def said(self) -> PictureSayings:
        """What the verbs take."""
        return PictureSayings(
            alt_vi=self.alt_vi.data or "", alt_en=self.alt_en.data or "", credit=self.credit.data or ""
        )

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        field = str(refusal.facts.get("field", ""))
        if field in self._fields:
            self.fault(field, refusal_words(refusal))
        elif "file" in self._fields and refusal.reason.startswith(("file_", "picture_")):
            self.fault("file", refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))


class PictureForm(PictureWordsForm):
    """One more picture."""

    file = UploadField(
        _("Picture"), GALLERY, description=_("JPG, PNG or WEBP up to 10 MB. The place where it was taken is removed.")
    )
