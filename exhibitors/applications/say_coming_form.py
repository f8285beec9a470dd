"""What may be typed about people and vehicle."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from exhibitors.applications.booth_application import LONGEST_ARRIVAL, LONGEST_PLATE, BoothApplication
from exhibitors.applications.booth_logistics import MOST_STAFF, Logistics
from exhibitors.applications.wording import VEHICLES
from foundation.house_form import HouseForm


class ComingForm(HouseForm):
    """None of it is needed."""

    staff_count = StringField(_("How many people come to the booth?"), validators=[Optional(), Length(max=4)])
    vehicle_kind = SelectField(
        _("Vehicle for your goods"),
        choices=[("", _("not entered")), *((kind.value, words) for kind, words in VEHICLES.items())],
        validators=[Optional()],
    )
    vehicle_plate = StringField(_("Number plate"), validators=[Optional(), Length(max=LONGEST_PLATE)])
    arrival_wish = StringField(
        _("When you would like to arrive"),
        validators=[Optional(), Length(max=LONGEST_ARRIVAL)],
        description=_("For example: the afternoon before opening."),
    )

    def validate_staff_count(self, field: StringField) -> None:
        """A whole number of people."""
        typed = field.data or ""
        if typed and not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_STAFF):
            raise ValidationError(str(_("Write a number between 1 and %(most)s.", most=MOST_STAFF)))

    def show_coming(self, application: BoothApplication) -> None:
        """What was said before."""
        for name in ("staff_count", "vehicle_kind", "vehicle_plate", "arrival_wish"):
            self[name].process_data(getattr(application, name))

    def coming(self) -> Logistics:
        """What the verb takes."""
        return Logistics(
            staff_count=int(self.staff_count.data) if self.staff_count.data else None,
            vehicle_kind=self.vehicle_kind.data or "",
            vehicle_plate=self.vehicle_plate.data or "",
            arrival_wish=self.arrival_wish.data or "",
        )
