"""What may be typed about a plan without drawing: values for the ticked booths, one thing, the plan itself."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from events.fairs.typed_fields_form import KilowattsField, MetresField, WholeNumberField
from events.floor_plans.booth_type import BoothType
from events.floor_plans.editor_wording import FIXTURES
from events.floor_plans.floor_plan import FloorPlan
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
FIELD_OF_VALUE = {value: name for name, value in LENGTHS.items()} | {
    "power_w": "power_kw",
    "blocked": "reason",
    "outline": "corners",
    "background_width_cm": "picture_width_m",
    "background_x_cm": "picture_x_m",
    "background_y_cm": "picture_y_m",
    "background_shade": "picture_shade",
}


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
    power_kw = KilowattsField(_("Power (kW)"), validators=[Optional()])
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


def plan_settings(plan: FloorPlan) -> dict[str, Any]:
    """What the form about the whole plan shows to begin with."""
    metres = {
        name: cm if cm is None else cm / 100
        for name, cm in (
            ("least_aisle_m", plan.least_aisle_cm),
            ("picture_width_m", plan.background_width_cm),
            ("picture_x_m", plan.background_x_cm),
            ("picture_y_m", plan.background_y_cm),
        )
    }
    corners = "\n".join("; ".join(f"{cm / 100:g}".replace(".", ",") for cm in corner) for corner in plan.outline)
    names = {"name_vi": plan.name_vi, "name_en": plan.name_en}
    return {**names, **metres, "corners": corners, "picture_shade": plan.background_shade}


def read_corners(text: str) -> list[list[int]]:
    """Corners of a hall in centimetres, typed in metres, one on a line as "12,5; 8". Raises ValueError otherwise."""
    corners = []
    for line in text.split("\n"):
        if typed := line.strip():
            parts = [part.strip().replace(",", ".") for part in typed.split(";")]
            x, y = (float(part) for part in parts)
            corners.append([round(x * 100), round(y * 100)])
    return corners


class PlanForm(ExplainedForm):
    """The name, the rules and the hall of a plan, and where the picture below it lies."""

    name_vi = StringField(_("Name of the plan"), validators=[Optional(), Length(max=80)])
    name_en = StringField(_("Name of the plan in English"), validators=[Optional(), Length(max=80)])
    least_aisle_m = MetresField(
        _("Narrowest aisle (m)"), validators=[InputRequired(NEEDED), NumberRange(min=0.5, max=20)]
    )

    corners = TextAreaField(
        _("Corners of the hall (m)"),
        validators=[Optional(), Length(max=1_500)],
        description=_(
            "For a hall that is no rectangle: one corner on a line, from the left; from the top, like 12,5; 8."
        ),
    )
    picture_width_m = optional_metres(_("Width of the picture (m)"))
    picture_x_m = optional_metres(_("Picture from the left (m)"))
    picture_y_m = optional_metres(_("Picture from the top (m)"))
    picture_shade = WholeNumberField(_("How much of it shows (%)"), validators=[Optional()])

    PICTURE = {
        "picture_width_m": "background_width_cm",
        "picture_x_m": "background_x_cm",
        "picture_y_m": "background_y_cm",
    }

    def validate_corners(self, field: TextAreaField) -> None:
        """Each line is two lengths."""
        try:
            read_corners(field.data or "")
        except (ValueError, OverflowError) as error:
            raise ValidationError(gettext("Write two lengths on each line, like 12,5; 8.")) from error

    def values(self) -> Values:
        """As the plan has them."""
        names = {"name_vi": self.name_vi.data or "", "name_en": self.name_en.data or ""}
        values = {
            **names,
            "least_aisle_cm": round(self.least_aisle_m.data * 100),
            "outline": read_corners(self.corners.data or ""),
        }
        values |= {of: round(self[name].data * 100) for name, of in self.PICTURE.items() if self[name].data is not None}
        return values | ({} if self.picture_shade.data is None else {"background_shade": self.picture_shade.data})
