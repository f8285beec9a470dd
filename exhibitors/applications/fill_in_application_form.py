"""What may be typed into an application for booths."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
from events.floor_plans.floor_plan import Booth, Zone
from exhibitors.applications.apply_for_booth import LONGEST_NOTE, MOST_BOOTHS, ApplicationFacts
from exhibitors.applications.booth_application import (
    LONGEST_NEIGHBOURS,
    BoothApplication,
)
from exhibitors.applications.booth_needs import TICKED
from exhibitors.applications.fascia import LONGEST_FASCIA
from exhibitors.applications.say_coming_form import ComingForm
from exhibitors.applications.wished_places import OUT_OF_USE
from exhibitors.applications.wording import REFUSALS
from exhibitors.producers.producer import Product
from foundation.languages import current_language
from foundation.money import format_number

ZONE_WISHED_TWICE, BOOTH_WISHED_TWICE = REFUSALS["zone_wished_twice"], REFUSALS["booth_wished_twice"]
COMING = ("neighbours_wished", "neighbours_not_wished", "vehicle_kind", "vehicle_plate", "arrival_wish")
FIELD_OF = {"booths_wanted_range": "booths_wanted", "fascia_too_long": "fascia_name", "note_too_long": "note"}
FIELD_OF |= dict.fromkeys(
    ("certificate_ends_before", "certificate_begins_after", "certificate_not_entered"), "products"
) | {"power_kw_range": "power_kw"}
FIELD_OF |= dict.fromkeys(
    ("zone_not_in_fair", "booth_not_in_fair", "booth_already_held", "booth_wished_twice"), "wish_1"
)
FIELD_OF |= {"staff_count_range": "staff_count", "vehicle_unknown": "vehicle_kind"}
FIELD_OF |= dict.fromkeys(("no_wish", "zone_call_closed", "zone_call_not_open"), "wish_1")
FIELD_OF |= {"product_not_yours": "products", "booth_type_not_in_fair": "booth_type"}
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


def _place_or_none(value: Any) -> str | None:
    """A zone by its number, a booth by its number behind a "b"."""
    return str(value) if value not in {None, "", "None"} else None


class ApplicationForm(ComingForm):
    """The whole form; nothing in it is needed to save a draft."""

    offered: AbstractSet[str] = frozenset()
    """Ids of the products to choose from."""
    products = SelectMultipleField(
        _("Products you bring"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    invitation_code = StringField(
        _("Invitation code"),
        validators=[Length(max=40)],  # asked for only where it is needed, so it is not called optional
        description=_("It stands in the invitation from the organiser. Capitals and blanks do not matter."),
    )
    booth_type = RadioField(_("Type of booth"), coerce=_number_or_none, validators=[Optional()])
    booths_wanted = RadioField(_("How many booths do you need?"), coerce=int, default=1)
    wish_1 = SelectField(_("1st wish"), coerce=_place_or_none, validators=[Optional()])
    wish_2 = SelectField(_("2nd wish"), coerce=_place_or_none, validators=[Optional()])
    wish_3 = SelectField(_("3rd wish"), coerce=_place_or_none, validators=[Optional()])
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
    neighbours_wished = StringField(
        _("Units you would like beside you"),
        validators=[Optional(), Length(max=LONGEST_NEIGHBOURS)],
        description=_("Their names, with commas between. Only the organiser reads this, those units do not."),
    )
    neighbours_not_wished = StringField(
        _("Units you would rather not stand beside"), validators=[Optional(), Length(max=LONGEST_NEIGHBOURS)]
    )
    note = TextAreaField(
        _("Anything else the organiser should know?"), validators=[Optional(), Length(max=LONGEST_NOTE)]
    )
    version = HiddenField(default="0")
    made_from = HiddenField(default="")
    """The code of the application that the page was made from; none where none had been begun."""
    zone_of: dict[int, int]
    """Booth → its zone, for the booths that can be wished for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.zone_of = {}
        super().__init__(*args, **kwargs)

    def offer(
        self,
        products: Sequence[Product],
        zones: Sequence[Zone],
        venues: Mapping[int, str],
        booth_types: Sequence[BoothType] = (),
        *,
        held: Collection[int] = (),
        own: Collection[int] = (),
    ) -> None:
        """Fill the pickers; `venues` names each plan's place, for fairs that have more than one.

        Booths that are `held` (ids) are shown and cannot be chosen, save those that one wished for before (`own`).
        """
        self.booth_type.choices = [
            SelectChoice(str(kind.id), kind.name.local(current_language())) for kind in booth_types
        ]
        self.offered = {str(product.id) for product in products}
        self.products.choices = [
            SelectChoice(str(product.id), product.name.local(current_language())) for product in products
        ]
        options = [SelectChoice("", str(_("No wish")))]
        options += [SelectChoice(str(zone.id), _zone_words(zone, venues)) for zone in zones]
        for zone in zones:
            single = [booth for booth in zone.booths if booth.switch not in OUT_OF_USE]
            self.zone_of |= {booth.id: zone.id for booth in single}
            group = str(_("Booths in %(zone)s", zone=_zone_words(zone, venues)))
            options += [_booth_choice(booth, group, held, own) for booth in single]
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
        wished = zip(facts["zone_ids"], facts["booth_wishes"], strict=True)
        for field, (zone_id, booth_id) in zip((self.wish_1, self.wish_2, self.wish_3), wished, strict=False):
            field.process_data(f"b{booth_id}" if booth_id else zone_id)
        self.booth_type.process_data(facts["booth_type_id"])
        for name in ("booths_wanted", "anywhere", "fascia_name", "note", *TICKED, *COMING):
            self[name].process_data(facts.get(name))
        self.staff_count.process_data(facts.get("staff_count"))
        self.power_kw.process_data(_kilowatt_words(facts.get("power_kw")))

    def tick_product(self, number: str) -> None:
        """The product that was entered a moment ago, if it can be brought."""
        if number in self.offered:
            self.products.process_data(sorted({*(self.products.data or ()), int(number)}))

    def show(self, application: BoothApplication) -> None:
        """Put a saved draft into the fields."""
        self.products.process_data([good.product_id for good in application.goods])
        for field, wish in zip((self.wish_1, self.wish_2, self.wish_3), application.wishes, strict=False):
            field.process_data(f"b{wish.booth_id}" if wish.booth_id else wish.zone_id)
        self.booth_type.process_data(application.booth_type_id)
        for name in ("booths_wanted", "anywhere", "fascia_name", "note", "version", *TICKED, *COMING):
            self[name].process_data(getattr(application, name))
        self.made_from.process_data(application.code)
        self.staff_count.process_data(application.staff_count)
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
        seen: set[str | None] = set()
        for field in (self.wish_1, self.wish_2, self.wish_3):
            if field.data in seen:
                self.fault(field.name, str(BOOTH_WISHED_TWICE if field.data[0] == "b" else ZONE_WISHED_TWICE))
                fine = False
            seen |= {field.data} - {None}
        return fine

    def facts(self) -> ApplicationFacts:
        """What the verb takes."""
        wishes = [wish.data for wish in (self.wish_1, self.wish_2, self.wish_3) if wish.data is not None]
        booths = [int(wish[1:]) if wish[0] == "b" else None for wish in wishes]
        return ApplicationFacts(
            zone_ids=[
                int(wish) if booth is None else self.zone_of[booth] for wish, booth in zip(wishes, booths, strict=True)
            ],
            booth_wishes=booths,
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
            neighbours_wished=self.neighbours_wished.data or "",
            neighbours_not_wished=self.neighbours_not_wished.data or "",
            **self.coming(),
            note=self.note.data or "",
            booth_type_id=self.booth_type.data,
            invitation_code=self.invitation_code.data or "",
        )


def _kilowatts(text: str | None) -> float | None:
    typed = (text or "").strip().lower().removesuffix("kw").strip().replace(",", ".")
    if typed and not typed.replace(".", "", 1).isdigit():
        raise ValueError("no number")
    return round(float(typed), 1) if typed else None


def _kilowatt_words(power_kw: float | None) -> str:
    return "" if power_kw is None else format_number(power_kw, current_language())


def _booth_choice(booth: Booth, group: str, held: Collection[int], own: Collection[int]) -> SelectChoice:
    is_held = booth.id in held
    words = str(_("%(code)s, already held", code=booth.code)) if is_held else booth.code
    closed = {"disabled": True} if is_held and booth.id not in own else {}
    return SelectChoice(f"b{booth.id}", words, render_kw={"data-code": booth.code, **closed}, optgroup=group)


def _zone_words(zone: Zone, venues: Mapping[int, str]) -> str:
    name = zone.name.local(current_language())
    bare = str(_("Zone"))  # outside the f-string, where extraction cannot see it
    words = str(_("Zone %(code)s: %(name)s", code=zone.code, name=name)) if name else f"{bare} {zone.code}"
    return f"{words} ({venues[zone.plan_id]})" if len(venues) > 1 else words
