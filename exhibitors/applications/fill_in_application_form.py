"""What may be typed into an application for booths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.floor_plans.booth_type import BoothType
from events.floor_plans.floor_plan import Zone
from exhibitors.applications.apply_for_booth import LONGEST_FASCIA, LONGEST_NOTE, MOST_BOOTHS, ApplicationFacts
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.booth_needs import TICKED
from exhibitors.applications.wording import REFUSALS
from exhibitors.producers.producer import Product
from foundation.house_form import HouseForm
from foundation.languages import current_language

ZONE_WISHED_TWICE = REFUSALS["zone_wished_twice"]
FIELD_OF = {"booths_wanted_range": "booths_wanted", "fascia_too_long": "fascia_name", "note_too_long": "note"}
FIELD_OF |= dict.fromkeys(
    ("certificate_ends_before", "certificate_begins_after", "certificate_not_entered"), "products"
) | {"power_kw_range": "power_kw"}
FIELD_OF |= {"zone_not_in_fair": "wish_1", "product_not_yours": "products", "booth_type_not_in_fair": "booth_type"}
PLACE_OF = {
    "no_products": "products",
    "group_not_invited": "products",
    "stars_too_few": "products",
    "certificate_needed": "products",
    "certificate_ends_before": "products",
    "certificate_begins_after": "products",
    "certificate_not_entered": "products",
    "kind_not_invited": "unit",
    "only_inside": "unit",
    "only_outside": "unit",
    "place_not_invited": "unit",
    "no_booth_type": "booth_type",
}  # fmt: skip - where in the form a fault is mended; all others in the part about booth and place


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in {None, "", "None"} else None


class ApplicationForm(HouseForm):
    """The whole form; nothing in it is needed to save a draft."""

    products = SelectMultipleField(
        _("Products you bring"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    invitation_code = StringField(
        _("Invitation code"),
        validators=[Optional(), Length(max=40)],
        description=_("It stands in the invitation from the organiser. Capitals and blanks do not matter."),
    )
    booth_type = RadioField(_("Type of booth"), coerce=_number_or_none, validators=[Optional()])
    booths_wanted = RadioField(_("How many booths do you need?"), coerce=int, default=1)
    wish_1 = SelectField(_("1st wish"), coerce=_number_or_none, validators=[Optional()])
    wish_2 = SelectField(_("2nd wish"), coerce=_number_or_none, validators=[Optional()])
    wish_3 = SelectField(_("3rd wish"), coerce=_number_or_none, validators=[Optional()])
    anywhere = BooleanField(_("If these zones are full, a place elsewhere will do"), default=True)
    needs_power = BooleanField(_("Power socket 220 V"))
    needs_water = BooleanField(_("Water tap"))
    needs_cold_storage = BooleanField(_("Place for a fridge or freezer"))
    needs_open_flame = BooleanField(_("Cooking with fire"))
    needs_access = BooleanField(_("Step-free access"))
    wants_corner = BooleanField(_("Corner booth"))
    power_kw = StringField(
        _("How many kW in all?"),
        validators=[Optional(), Length(max=6)],
        description=_("Add up the labels of your devices; leave it empty for lights and a phone."),
    )
    fascia_name = StringField(
        _("Name on the fascia board"),
        validators=[Optional(), Length(max=LONGEST_FASCIA)],
        description=_("It is printed as you type it, at most 80 characters."),
    )
    note = TextAreaField(
        _("Anything else the organiser should know?"), validators=[Optional(), Length(max=LONGEST_NOTE)]
    )
    version = HiddenField(default="0")

    def offer(
        self,
        products: Sequence[Product],
        zones: Sequence[Zone],
        venues: Mapping[int, str],
        booth_types: Sequence[BoothType] = (),
    ) -> None:
        """Fill the pickers; `venues` names each plan's place, for fairs that have more than one."""
        self.booth_type.choices = [
            SelectChoice(str(kind.id), kind.name.local(current_language())) for kind in booth_types
        ]
        self.products.choices = [
            SelectChoice(str(product.id), product.name.local(current_language())) for product in products
        ]
        options = [SelectChoice("", str(_("No wish")))]
        options += [SelectChoice(str(zone.id), _zone_words(zone, venues)) for zone in zones]
        for field in (self.wish_1, self.wish_2, self.wish_3):
            field.choices = options
        self.booths_wanted.choices = [
            SelectChoice(
                str(number), str(_("%(count)s booths side by side", count=number) if number > 1 else _("1 booth"))
            )
            for number in range(1, MOST_BOOTHS + 1)
        ]

    def begin(self, facts: ApplicationFacts) -> None:
        """Put what is known before anything was typed into the fields."""
        self.products.process_data(facts["product_ids"])
        for field, zone_id in zip((self.wish_1, self.wish_2, self.wish_3), facts["zone_ids"], strict=False):
            field.process_data(zone_id)
        self.booth_type.process_data(facts["booth_type_id"])
        for name in ("booths_wanted", "anywhere", "fascia_name", *TICKED):
            self[name].process_data(facts.get(name))
        self.power_kw.process_data(_kilowatt_words(facts.get("power_kw")))

    def show(self, application: BoothApplication) -> None:
        """Put a saved draft into the fields."""
        self.products.process_data([good.product_id for good in application.goods])
        for field, wish in zip((self.wish_1, self.wish_2, self.wish_3), application.wishes, strict=False):
            field.process_data(wish.zone_id)
        self.booth_type.process_data(application.booth_type_id)
        for name in ("booths_wanted", "anywhere", "fascia_name", "note", "version", *TICKED):
            self[name].process_data(getattr(application, name))
        self.power_kw.process_data(_kilowatt_words(application.power_kw))

    def validate_power_kw(self, field: StringField) -> None:
        """A number with a comma or a point."""
        try:
            _kilowatts(field.data)
        except ValueError as error:
            raise ValidationError(str(_("Write the power in kW as a number, for example 2.5."))) from error

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Every field at once; a zone wished for twice is named where it stands the second time."""
        fine = bool(super().validate(extra_validators))
        seen: set[int] = set()
        for field in (self.wish_1, self.wish_2, self.wish_3):
            if field.data in seen:
                self.fault(field.name, str(ZONE_WISHED_TWICE))
                fine = False
            seen |= {field.data} - {None}
        return fine

    def facts(self) -> ApplicationFacts:
        """What the verb takes."""
        wishes = (self.wish_1.data, self.wish_2.data, self.wish_3.data)
        return ApplicationFacts(
            zone_ids=[wish for wish in wishes if wish is not None],
            product_ids=self.products.data or [],
            booths_wanted=self.booths_wanted.data or 1,
            anywhere=self.anywhere.data,
            fascia_name=self.fascia_name.data or "",
            needs_power=self.needs_power.data,
            needs_water=self.needs_water.data,
            power_kw=_kilowatts(self.power_kw.data),
            needs_cold_storage=self.needs_cold_storage.data,
            needs_open_flame=self.needs_open_flame.data,
            needs_access=self.needs_access.data,
            wants_corner=self.wants_corner.data,
            note=self.note.data or "",
            booth_type_id=self.booth_type.data,
            invitation_code=self.invitation_code.data or "",
        )


class RulesForm(HouseForm):
    """The last tick before sending."""

    rules_accepted = BooleanField(_("We accept the rules of the fair, and what is written here is true"))
    rules_number = HiddenField()
    version = HiddenField()


class WithdrawForm(HouseForm):
    """Why an application is taken back."""

    reason = TextAreaField(
        _("Reason"),
        validators=[Optional(), Length(max=500)],
        description=_("It helps the organiser to plan; needed once you have confirmed a booth."),
    )


def _kilowatts(text: str | None) -> float | None:
    typed = (text or "").strip().lower().removesuffix("kw").strip().replace(",", ".")
    if typed and not typed.replace(".", "", 1).isdigit():
        raise ValueError("no number")
    return round(float(typed), 1) if typed else None


def _kilowatt_words(power_kw: float | None) -> str:
    return "" if power_kw is None else f"{power_kw:g}"


def _zone_words(zone: Zone, venues: Mapping[int, str]) -> str:
    name = zone.name.local(current_language())
    bare = str(_("Zone"))  # outside the f-string, where extraction cannot see it
    words = str(_("Zone %(code)s: %(name)s", code=zone.code, name=name)) if name else f"{bare} {zone.code}"
    return f"{words} ({venues[zone.plan_id]})" if len(venues) > 1 else words
