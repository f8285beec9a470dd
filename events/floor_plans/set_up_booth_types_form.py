"""What may be typed about a type of booth."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import MetresField, MoneyField, WholeNumberField
from events.floor_plans.booth_type import BoothType
from events.floor_plans.set_up_booth_types import LONGEST_KIT, LONGEST_NAME, BoothTypeFacts, booth_type_faults
from events.floor_plans.wording import BOOTH_TYPE_KINDS
from foundation.made_once import new_form_token
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class CountField(WholeNumberField):
    """A whole number that may be zero."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else str(self.data)


class BoothTypeForm(OvertakenForm):
    """One type of booth."""

    once = HiddenField(default=new_form_token)
    kind = SelectField(_("Kind of booth"), choices=[(kind.value, words) for kind, words in BOOTH_TYPE_KINDS.items()])
    name_vi = StringField(
        _("Name in Vietnamese"),
        validators=[DataRequired(_("Enter the name in Vietnamese.")), Length(max=LONGEST_NAME)],
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=LONGEST_NAME)])
    width_m = MetresField(_("Width (m)"), validators=[Optional()])
    depth_m = MetresField(_("Depth (m)"), validators=[Optional()])
    open_sides = SelectField(_("Open sides"), coerce=int, choices=[(number, str(number)) for number in range(5)])
    kit_vi = TextAreaField(
        _("What stands in it, in Vietnamese"),
        validators=[Optional(), Length(max=LONGEST_KIT)],
        description=_("Tables, chairs, lights, sockets: exhibitors plan by it."),
    )
    kit_en = TextAreaField(_("What stands in it, in English"), validators=[Optional(), Length(max=LONGEST_KIT)])
    price = MoneyField(_("Price of one booth"), description=_("0 when it costs nothing."))
    support_percent = CountField(
        _("Support for producers, in per cent"), description=_("0 to 100. 100 means free of charge.")
    )
    support_cap = MoneyField(
        _("At most, for one booth"), validators=[Optional()], description=_("Leave empty when there is no cap.")
    )
    most_supported = CountField(
        _("Supported booths of one producer"),
        validators=[Optional()],
        description=_("More than these are paid in full. Leave empty when all are supported."),
    )
    most_booths = CountField(
        _("Most booths for one producer"),
        validators=[Optional()],
        description=_("Nobody can ask for more of this type. Leave empty for the fair's own limit."),
    )

    FIELDS = {
        "booth_type_taken": "name_vi",
        "booth_type_name_missing": "name_vi",
        "booth_type_kind_unknown": "kind",
        "booth_type_size_wrong": "width_m",
        "open_sides_wrong": "open_sides",
        "support_percent_wrong": "support_percent",
    }

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field and every rule of a type at once; a field that cannot be read is told so alone."""
        super().validate(extra_validators)
        if self.kind.data and self.open_sides.data is not None:
            for fault in booth_type_faults(self.facts()):
                if not self._fields[self._field_of(fault)].errors:
                    self.explain(fault)
        return not self.errors

    def facts(self) -> BoothTypeFacts:
        """What the verbs take."""
        return BoothTypeFacts(
            kind=self.kind.data,
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            width_m=self.width_m.data,
            depth_m=self.depth_m.data,
            open_sides=self.open_sides.data,
            kit_vi=self.kit_vi.data or "",
            kit_en=self.kit_en.data or "",
            price=self.price.data or 0,
            support_percent=self.support_percent.data or 0,
            support_cap=self.support_cap.data,
            most_supported=self.most_supported.data,
            most_booths=self.most_booths.data,
        )

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self._field_of(refusal), refusal_words(refusal))

    def _field_of(self, refusal: Refused) -> str:
        return self.FIELDS.get(refusal.reason) or str(refusal.facts.get("field", "name_vi"))


def values_of_type(booth_type: BoothType | None) -> dict[str, Any]:
    """The form's values for a type as it stands, or for a new one."""
    if booth_type is None:
        return {"kind": "standard", "width_m": 3.0, "depth_m": 3.0, "open_sides": 1, "price": 0, "support_percent": 0}
    return {name: getattr(booth_type, name) for name in (*BoothTypeFacts.__annotations__, "version")}
