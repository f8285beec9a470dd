"""What may be typed about a picture of a fair, and the picture itself."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField

from events.fairs.fair_gallery import GALLERY, FairPicture, PictureSayings, picture_version
from events.fairs.overtaken_form import OvertakenForm
from foundation.picture_words_form import PictureWordsForm
from foundation.upload_form import UploadField


class FairPictureWordsForm(PictureWordsForm, OvertakenForm):
    """The words beside a picture of a fair."""

    credit = StringField(_("Who took it"), description=_("Stands below the picture. Only send what you may publish."))

    def said(self) -> PictureSayings:
        """What the verbs take."""
        return PictureSayings(
            alt_vi=self.alt_vi.data or "", alt_en=self.alt_en.data or "", credit=self.credit.data or ""
        )


class PictureForm(FairPictureWordsForm):
    """One more picture."""

    file = UploadField(
        _("Picture"), GALLERY, description=_("JPG, PNG or WEBP up to 10 MB. The place where it was taken is removed.")
    )


def values_of_picture(picture: FairPicture) -> dict[str, Any]:
    """What the form shows of a picture that is there."""
    words = {name: getattr(picture, name) for name in ("alt_vi", "alt_en", "credit")}
    return words | {"version": picture_version(picture)}
