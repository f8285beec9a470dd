"""What may be typed about a producer's unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import Email, InputRequired, Length, Optional

from events.places.locality import Locality
from events.places.wording import place_with_old_names
from exhibitors.producers.claims.find_alike import AlikeUnits, alike_units, fingerprint
from exhibitors.producers.phone import normalise_phone
from exhibitors.producers.register_producer import ProducerFacts
from exhibitors.producers.tax_code import read_tax_code
from exhibitors.producers.web_address import web_address
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation.house_form import HouseForm
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


def number_or_none(value: Any) -> int | None:
    """An option's number; the empty option is None."""
    return int(value) if value not in {None, "", "None"} else None


class ProducerForm(HouseForm):
    """A unit's facts; contacts are private until each is made public."""

    kind = RadioField(
        _("What kind of unit is it?"),
        choices=[(kind.value, words) for kind, words in PRODUCER_KINDS.items()],
        validators=[InputRequired(_("Choose a kind from the list."))],
    )
    name_vi = StringField(
        _("Name of the unit"),
        validators=[InputRequired(_("Enter the name of your unit.")), Length(max=200)],
        description=_("As on your registration paper or as people call you."),
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=200)])
    tax_code = StringField(
        _("Tax code"),
        validators=[Optional(), Length(max=20)],
        description=_("10 or 13 digits; households enter the 12 digits of the personal number. Nobody else sees it."),
    )
    tax_code_seen = HiddenField()
    alike_seen = HiddenField()
    forget_tax_code = BooleanField(_("Remove the tax code that is kept"))
    locality_id = SelectField(_("Commune, ward or special zone"), coerce=number_or_none)
    place_outside = StringField(
        _("Outside Quảng Ninh"),
        validators=[Length(max=120)],  # needed where no commune is chosen
        description=_("Only if your unit is elsewhere: district and province."),
    )
    address = StringField(_("Street, hamlet"), validators=[Optional(), Length(max=240)])
    contact_person = StringField(
        _("Who does the organiser call?"),
        validators=[InputRequired(_("Enter the name of the person to call.")), Length(max=120)],
    )
    contact_phone = TelField(
        _("Phone"), validators=[InputRequired(_("Enter a phone number the organiser can call.")), Length(max=30)]
    )
    contact_email = EmailField(
        _("Contact e-mail"),
        validators=[Optional(), Length(max=320), Email(_("This is not an e-mail address, such as name@example.vn."))],
    )
    person_is_public = BooleanField(_("Show this name on my public page"))
    address_is_public = BooleanField(_("Show the street address on my public page"))
    website = StringField(_("Website"), validators=[Optional(), Length(max=290)])
    shop_url = StringField(_("Online shop"), validators=[Optional(), Length(max=290)])
    social_url = StringField(_("Facebook, Zalo or other page"), validators=[Optional(), Length(max=290)])
    wants_calls = BooleanField(
        _("Write to me when a fair begins to take applications"),
        description=_("One letter for each fair, stopped with one press."),
    )
    wants_warnings = BooleanField(_("Write to me 90 and 30 days before a certificate or paper ends"), default=True)
    phone_is_public = BooleanField(_("Show the phone number on my public page"))
    email_is_public = BooleanField(_("Show the e-mail address on my public page"))
    version = HiddenField()

    def alike_not_seen(self, session: Session) -> AlikeUnits | None:
        """A unit that may be the same, shown once: whoever presses again means another one."""
        seen = fingerprint(f"{self.name_vi.data} {self.tax_code.data} {self.contact_phone.data}")
        if self.alike_seen.data == seen:
            return None
        numbers = {"tax_code": self.tax_code.data or "", "phone": self.contact_phone.data or ""}
        alike = alike_units(session, name=self.name_vi.data or "", **numbers)
        self.alike_seen.process_data(seen if alike.is_known else "")
        return alike if alike.is_known else None

    def offer_places(self, localities: Sequence[Locality]) -> None:
        """Fill the picker, by former district because people still say its name."""
        language = current_language()
        places = [
            SelectChoice(str(place.id), place_with_old_names(place, language), optgroup=place.district.name)
            for place in localities
        ]
        self.locality_id.choices = [SelectChoice("", str(_("Choose a place"))), *places]

    def validate_tax_code(self, field: StringField) -> None:
        """The number of digits is held; a check digit that does not fit is asked about once."""
        if not field.data:
            return
        try:
            code = read_tax_code(field.data)
        except Refused as refusal:
            raise ValidationError(refusal_words(refusal)) from refusal
        # The last digits are enough to know the code again; a personal number is not repeated in the page.
        if not code.check_ok and self.tax_code_seen.data != code.stored[-4:]:
            self.tax_code_seen.process_data(code.stored[-4:])
            raise ValidationError(
                str(_("The digits do not fit together. Check the code; if it is right, save once more."))
            )

    def validate_contact_phone(self, field: StringField) -> None:
        """Mobile, landline or service number."""
        try:
            normalise_phone(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal_words(refusal)) from refusal

    def validate_website(self, field: StringField) -> None:
        """An address that can be linked to."""
        self._address(field)

    validate_shop_url = validate_social_url = validate_website

    @staticmethod
    def _address(field: StringField) -> None:
        try:
            web_address(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal_words(refusal)) from refusal

    def validate_locality_id(self, field: SelectField) -> None:
        """It, or the place outside, must say where the unit is."""
        if field.data is None and not (self.place_outside.data or "").strip():
            raise ValidationError(
                str(_("Choose your commune or ward; if your unit is elsewhere, write its place further down."))
            )

    def facts(self) -> ProducerFacts:
        """What the verb takes."""
        return ProducerFacts(
            kind=self.kind.data,
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            tax_code=self.tax_code.data or "",
            locality_id=self.locality_id.data,
            place_outside=self.place_outside.data or "",
            address=self.address.data or "",
            contact_person=self.contact_person.data or "",
            contact_phone=self.contact_phone.data or "",
            contact_email=self.contact_email.data or "",
            person_is_public=self.person_is_public.data,
            address_is_public=self.address_is_public.data,
            website=self.website.data or "",
            shop_url=self.shop_url.data or "",
            social_url=self.social_url.data or "",
            wants_calls=self.wants_calls.data,
            phone_is_public=self.phone_is_public.data,
            email_is_public=self.email_is_public.data,
        )
