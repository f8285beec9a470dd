"""What may be typed about a plan: zones with rows, the ground, and why booths are not in use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import KilowattsField, MetresField, WholeNumberField
from events.floor_plans.booth_rows import Numbering
from events.floor_plans.floor_plan import Zone
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

NEEDED = _("Fill this in.")


class ZoneForm(HouseForm):
    """A zone with rows of booths."""

    code = StringField(_("Zone"), validators=[DataRequired(NEEDED), Length(max=4)])
    name_vi = StringField(_("What is sold there, in Vietnamese"), validators=[DataRequired(NEEDED), Length(max=120)])
    name_en = StringField(_("What is sold there, in English"), validators=[Optional(), Length(max=120)])
    booths = WholeNumberField(_("Booths"), validators=[InputRequired(NEEDED)])
    per_row = WholeNumberField(_("In each row"), validators=[InputRequired(NEEDED)])
    booth_width_m = MetresField(_("Width (m)"), validators=[InputRequired(NEEDED)])
    booth_depth_m = MetresField(_("Depth (m)"), validators=[InputRequired(NEEDED)])
    aisle_m = MetresField(_("Aisle (m)"), validators=[InputRequired(NEEDED)])
    rows = RadioField(
        _("Rows"), choices=[("double", _("Back to back")), ("single", _("Single"))], validators=[InputRequired(NEEDED)]
    )
    first_code = StringField(
        _("Numbered from"),
        validators=[Optional(), Length(max=8)],
        description=_("Like A01 or HL-101. Empty: the zone and 01."),
    )
    numbering = SelectField(
        _("Numbers run"),
        choices=[("along", _("along each row")), ("odd_even", _("odd on one side, even on the other"))],
        default="along",
    )
    power_kw = KilowattsField(_("Power of each booth (kW)"), validators=[Optional(), NumberRange(min=0, max=1_000)])
    corners = BooleanField(_("Ends are corners"))

    FIELDS = {
        "zone_code_taken": "code",
        "zone_code_wrong": "code",
        "booth_code_taken": "first_code",
        "booth_code_wrong": "first_code",
        "plan_power_wrong": "power_kw",
        "booth_size_wrong": "booth_width_m",
        "row_length_wrong": "per_row",
        "ground_too_small": "per_row",
        "aisle_too_narrow": "aisle_m",
    }

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        typed = ("code", "name_vi", "name_en", "booths", "per_row", "booth_width_m", "booth_depth_m", "aisle_m")
        facts = {name: self._fields[name].data for name in typed}
        return {
            **facts,
            "name_en": facts["name_en"] or "",
            "double_rows": self.rows.data == "double",
        } | self._each_booth()

    def _each_booth(self) -> dict[str, Any]:
        numbering = Numbering(self.first_code.data or "", odd_even=self.numbering.data == "odd_even")
        return {"numbering": numbering, "ends_are_corners": self.corners.data, "power_kw": self.power_kw.data or 0}

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self.field_of(refusal), refusal_words(refusal))

    def field_of(self, refusal: Refused) -> str:
        """The field that a rule's no is about."""
        return self.FIELDS.get(refusal.reason, "booths")

    def facts_without(self, wrong: Collection[str], sound: Mapping[str, Any]) -> dict[str, Any]:
        """The facts with values that hold in place of the `wrong` fields, to ask the rules about the others."""
        typed = {name: self[name].data for name in wrong}
        for name in wrong:
            self[name].data = sound.get(name, "")
        facts = self.facts()
        for name, data in typed.items():
            self[name].data = data
        return facts


class GroundForm(HouseForm):
    """The ground of a plan."""

    ground_width_m = MetresField(_("Width (m)"), validators=[InputRequired(NEEDED)])
    ground_depth_m = MetresField(_("Depth (m)"), validators=[InputRequired(NEEDED)])


class BoothsForm(HouseForm):
    """What is done with the chosen booths."""

    reason = StringField(
        _("Why they are not in use"),
        validators=[Optional(), Length(max=200)],
        description=_("Needed for blocking, for example “Electric cabinet”."),
    )


class ZoneNameForm(OvertakenForm):
    """What is sold in a zone, and what it can supply at once."""

    name_vi = StringField(_("What is sold there, in Vietnamese"), validators=[DataRequired(NEEDED), Length(max=120)])
    name_en = StringField(_("What is sold there, in English"), validators=[Optional(), Length(max=120)])
    power_kw = KilowattsField(_("Power (kW)"), validators=[Optional(), NumberRange(min=0, max=99_999)])
    water_points = WholeNumberField(_("Water points"), validators=[Optional(), NumberRange(min=0, max=10_000)])
    cold_points = WholeNumberField(_("Cold storage points"), validators=[Optional(), NumberRange(min=0, max=10_000)])

    def supply(self) -> dict[str, int | None]:
        """As the zone keeps it."""
        power = None if self.power_kw.data is None else round(self.power_kw.data * 1000)
        return {"power_w": power, "water_points": self.water_points.data, "cold_points": self.cold_points.data}


def values_of_zone(zone: Zone) -> dict[str, Any]:
    """The form's values for a zone as it stands; the version is that of its plan."""
    power = None if zone.power_w is None else zone.power_w / 1000
    names = ("name_vi", "name_en", "water_points", "cold_points")
    return {name: getattr(zone, name) for name in names} | {"power_kw": power, "version": zone.plan.revision}


def zone_defaults(code: str) -> dict[str, Any]:
    """A zone as most fairs have it: 3 × 3 m, back to back, an aisle of 3 m."""
    return {
        "code": code,
        "booths": 16,
        "per_row": 8,
        "booth_width_m": 3.0,
        "booth_depth_m": 3.0,
        "aisle_m": 3.0,
        "rows": "double",
        "corners": True,
    }
