"""What may be typed about the days of a fair: one row a day, and when the ground is there for building."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import Optional

from events.fairs.fair import Fair
from events.fairs.opening_days import OpeningDays, days_version
from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import ClockField, DayField, read_day
from foundation.days import format_date
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

MOST_ROWS = 92
FIELD_OF_REFUSAL = {
    "days_needed": "build_up_from",
    "build_up_after_opening": "build_up_from",
    "tear_down_before_closing": "tear_down_until",
    "site_hours_half": "site_closes_at",
    "site_hours_in_order": "site_closes_at",
}
FAULTS_OF_TICK = {"no_open_day", "closed_day_outside", "closed_day_at_end"}
"""Refusals that a day's tick mends, not its hours."""


class DayForm(HouseForm):
    """One day: closed, or with hours of its own."""

    day = HiddenField()
    closed = BooleanField(_("Stays closed"))
    opens_at = ClockField(_("Opens at"))
    closes_at = ClockField(_("Closes at"))

    is_unreadable = False
    """Whether its fields alone are wrong, so that no rule can speak of them."""

    def title(self) -> str:
        """The day, as the page writes it."""
        day = read_day(self.day.data or "")
        return format_date(day) if day else ""


class OpeningDaysForm(OvertakenForm):
    """All days of a fair."""

    days = FieldList(FormField(DayForm), _("Days"), max_entries=MOST_ROWS)
    build_up_from = DayField(
        _("Build-up begins on"),
        validators=[Optional()],
        description=_("The first day on which exhibitors may build, before the opening."),
    )
    tear_down_until = DayField(
        _("Tear-down ends on"),
        validators=[Optional()],
        description=_("The last day on which the ground must be cleared, after the closing."),
    )
    site_opens_at = ClockField(_("The site opens for exhibitors at"), validators=[Optional()])
    site_closes_at = ClockField(_("The site closes for exhibitors at"), validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Own hours are two times or none."""
        fine = bool(super().validate(extra_validators))
        for entry in self.days:
            row = entry.form
            if bool(row.opens_at.data) != bool(row.closes_at.data) and not (
                row.opens_at.errors or row.closes_at.errors
            ):
                self._fault_of_day(row, gettext("Enter both times, or none."))
                fine = False
            row.is_unreadable = bool(row.errors)
        return fine

    def said(self) -> OpeningDays:
        """What the verb takes."""
        rows = [(read_day(row.form.day.data or ""), row.form) for row in self.days]
        known = [(day, row) for day, row in rows if day]
        return OpeningDays(
            closed_days=[day for day, row in known if row.closed.data],
            own_hours={
                day: (row.opens_at.data, row.closes_at.data)
                for day, row in known
                if row.opens_at.data and row.closes_at.data
            },
            build_up_from=self.build_up_from.data,
            tear_down_until=self.tear_down_until.data,
            site_opens_at=self.site_opens_at.data,
            site_closes_at=self.site_closes_at.data,
        )

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the day or the field it concerns."""
        at = refusal.facts.get("at")
        rows = [entry.form for entry in self.days]
        row = next((row for row in rows if read_day(row.day.data or "") == at), None)
        if refusal.reason == "no_open_day" and rows:
            row = rows[0]  # any of them mends it
        if row is not None and row.is_unreadable:
            return  # what is typed there is told to be wrong already
        if row is not None:
            ticked = refusal.reason in FAULTS_OF_TICK
            self._fault_of_day(row, refusal_words(refusal), field_name="closed" if ticked else "closes_at")
        elif refusal.reason == "building_too_long":
            self.fault("tear_down_until" if refusal.facts["after"] else "build_up_from", refusal_words(refusal))
        elif name := FIELD_OF_REFUSAL.get(refusal.reason):
            self.fault(name, refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))

    def _fault_of_day(self, row: HouseForm, words: str, field_name: str = "closes_at") -> None:
        row.fault(field_name, words)
        self.days.errors = [entry.errors for entry in self.days]  # the list has gathered them before


def day_values(fair: Fair) -> dict[str, Any]:
    """The form's values for a fair as it stands: a row for each of its days (none for very long fairs)."""
    own = {hours.day: hours for hours in fair.own_hours}
    rows = [
        {
            "day": day.isoformat(),
            "closed": day in fair.days_shut,
            "opens_at": own[day].opens_at if day in own else None,
            "closes_at": own[day].closes_at if day in own else None,
        }
        for day in days_of(fair)
    ]
    names = ("build_up_from", "tear_down_until", "site_opens_at", "site_closes_at")
    return {"days": rows, "version": str(days_version(fair)), **{name: getattr(fair, name) for name in names}}


def days_of(fair: Fair) -> list[date]:
    """The days that get a row."""
    if fair.first_day is None or fair.last_day is None:
        return []
    length = (fair.last_day - fair.first_day).days + 1
    return [fair.first_day + timedelta(days=number) for number in range(length)] if length <= MOST_ROWS else []
