"""What may be typed about a picture of a unit, and the picture itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import Optional

from exhibitors.producers.pictures.keep_pictures import UnitPictureSayings
from exhibitors.producers.pictures.unit_picture import UNIT_PICTURE
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer_form import number_or_none
from foundation.languages import current_language
from foundation.made_once import new_form_token
from foundation.picture_words_form import PictureWordsForm
from foundation.upload_form import UploadField


class UnitPictureWordsForm(PictureWordsForm):
    """The words beside a picture, what it shows and whether visitors see it."""

    product_id = SelectField(_("Picture of"), coerce=number_or_none, validators=[Optional()])
    is_public = BooleanField(
        _("Show it on my public page"), description=_("Only show what you may publish; ask people who can be seen.")
    )

    def offer(self, producer: Producer) -> None:
        """The unit itself, and its products."""
        language = current_language()
        products = [SelectChoice(str(one.id), one.name.local(language)) for one in producer.products]
        self.product_id.choices = [SelectChoice("", str(_("The unit itself"))), *products]

    def said(self) -> UnitPictureSayings:
        """What the verbs take."""
        return UnitPictureSayings(
            alt_vi=self.alt_vi.data or "",
            alt_en=self.alt_en.data or "",
            product_id=self.product_id.data,
            is_public=self.is_public.data,
        )


class UnitPictureForm(UnitPictureWordsForm):
    """One more picture."""

    once = HiddenField(default=new_form_token)
    file = UploadField(
        _("Picture"),
        UNIT_PICTURE,
        description=_("JPG, PNG, WEBP or HEIC up to 10 MB. The place where it was taken is removed."),
        render_kw={"data-shrink": "1600"},
    )
