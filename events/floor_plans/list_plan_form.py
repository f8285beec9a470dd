"""What may be typed about a plan without drawing: values for the ticked booths, one thing, the plan itself."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from events.fairs.typed_fields_form import MetresField, WholeNumberField
from events.floor_plans.booth_type import BoothType
from events.floor_plans.editor_wording import FIXTURES
from events.floor_plans.plan_document import ValueFault, Values
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

NEEDED = _("Fill this in.")
UNCHANGED = ("", _("as it is"))
YES_NO = [UNCHANGED, ("yes", _("yes")), ("no", _("no"))]
SIDES = [
    UNCHANGED,
    ("front", _("Front")),
    ("front left", _("Front and left")),
    ("front right", _("Front and right")),
    ("front left right", _("Front, left and right")),
    ("front back left right", _("All four")),
    ("none", _("None")),
]
LENGTHS = {"x_m": "x_cm", "y_m": "y_cm", "width_m": "width_cm", "depth_m": "depth_cm"}
FLAGS = ("has_water", "has_cold_storage", "allows_open_flame", "is_corner")
FIELD_OF_VALUE = {value: name for name, value in LENGTHS.items()} | {"power_w": "power_kw", "blocked": "reason"}


def optional_metres(label: Any) -> MetresField:
    """A length that may be left as it is."""
    return MetresField(label, validators=[Optional()])


class ExplainedForm(HouseForm):
    """A form whose values go to `save_plan`."""

    def explain(self, refusal: Refused, otherwise: str) -> None:
        """Each fault beside the field it concerns, the others at `otherwise`."""
        faults = refusal.facts.get("faults")
        if not isinstance(faults, list):
            self.fault(otherwise, refusal_words(refusal))
            return
        said: set[tuple[str, str]] = set()
        for fault in faults:
            if isinstance(fault, ValueFault):
                name = FIELD_OF_VALUE.get(fault.field, fault.field)
                words = refusal_words(Refused(fault.reason, **fault.facts))
                place = name if name in self._fields else otherwise
                if (place, words) not in said:
                    said.add((place, words))
                    self.fault(place, words)


class BoothValuesForm(ExplainedForm):
    """Values for all ticked booths; empty fields change nothing."""

    reason = StringField(_("Why they are not in use"), validators=[Optional(), Length(max=200)])
    code = StringField(_("Code"), validators=[Optional(), Length(max=8)], description=_("Only for one booth."))
    zone = SelectField(_("Zone"), choices=[UNCHANGED], default="")
    booth_type_id = SelectField(_("Type of booth"), choices=[UNCHANGED], default="")
    x_m = optional_metres(_("From the left (m)"))
    y_m = optional_metres(_("From the top (m)"))
    width_m = optional_metres(_("Width (m)"))
    depth_m = optional_metres(_("Depth (m)"))
    rotation = WholeNumberField(_("Turn (degrees)"), validators=[Optional()])
    power_kw = optional_metres(_("Power (kW)"))
    open_sides = SelectField(_("Open sides"), choices=SIDES, default="")
    has_water = SelectField(_("Water"), choices=YES_NO, default="")
    has_cold_storage = SelectField(_("Cold storage"), choices=YES_NO, default="")
    allows_open_flame = SelectField(_("Open flame allowed"), choices=YES_NO, default="")
    is_corner = SelectField(_("Corner"), choices=YES_NO, default="")

    def offer(self, zones: list[tuple[str, str]], types: list[BoothType]) -> None:
        """What there is to choose from at this fair."""
        named = [(str(kind.id), kind.name_vi) for kind in types]
        self.zone.choices = [SelectChoice(*pair) for pair in (UNCHANGED, *zones)]
        self.booth_type_id.choices = [SelectChoice(*pair) for pair in (UNCHANGED, ("none", _("none")), *named)]

    def values(self) -> Values:
        """The fields that were filled in, as elements of a plan have them."""
        values: Values = {name: self[name].data for name in ("code", "zone") if self[name].data}
        values |= {
            value: round(self[name].data * 100) for name, value in LENGTHS.items() if self[name].data is not None
        }
        values |= {name: self[name].data == "yes" for name in FLAGS if self[name].data}
        if self.rotation.data is not None:
            values["rotation"] = self.rotation.data % 360
        if self.power_kw.data is not None:
            values["power_w"] = round(self.power_kw.data * 1000)
        if self.booth_type_id.data:
            values["booth_type_id"] = None if self.booth_type_id.data == "none" else int(self.booth_type_id.data)
        if self.open_sides.data:
            values["open_sides"] = [] if self.open_sides.data == "none" else self.open_sides.data.split()
        return values


class FixtureForm(ExplainedForm):
    """A wall, a door, a stage, a sign …"""

    kind = SelectField(_("Kind"), choices=[(kind.value, word) for kind, word in FIXTURES.items()])
    label_vi = StringField(_("Words in Vietnamese"), validators=[Optional(), Length(max=80)])
    label_en = StringField(_("Words in English"), validators=[Optional(), Length(max=80)])
    x_m = MetresField(_("From the left (m)"), validators=[InputRequired(NEEDED)])
    y_m = MetresField(_("From the top (m)"), validators=[InputRequired(NEEDED)])
    width_m = MetresField(_("Width (m)"), validators=[InputRequired(NEEDED)])
    depth_m = MetresField(_("Depth (m)"), validators=[InputRequired(NEEDED)])
    rotation = WholeNumberField(_("Turn (degrees)"), validators=[Optional()])

    def values(self) -> Values:
        """As elements of a plan have them."""
        words = {"kind": self.kind.data, "label_vi": self.label_vi.data or "", "label_en": self.label_en.data or ""}
        lengths = {value: round(self[name].data * 100) for name, value in LENGTHS.items()}
        return {**words, **lengths, "rotation": (self.rotation.data or 0) % 360}


class PlanForm(ExplainedForm):
    """The name and the rules of a plan."""

    name_vi = StringField(_("Name of the plan"), validators=[Optional(), Length(max=80)])
    name_en = StringField(_("Name of the plan in English"), validators=[Optional(), Length(max=80)])
    least_aisle_m = MetresField(
        _("Narrowest aisle (m)"), validators=[InputRequired(NEEDED), NumberRange(min=0.5, max=20)]
    )

    def values(self) -> Values:
        """As the plan has them."""
        names = {"name_vi": self.name_vi.data or "", "name_en": self.name_en.data or ""}
        return {**names, "least_aisle_cm": round(self.least_aisle_m.data * 100)}
