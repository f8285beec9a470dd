"""What may be typed about a fair: what it is, when, where, and when its call opens and closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    FieldList,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from accounts.organisation import Organisation
from events.fairs.fair import Fair
from events.fairs.fair_facts import LONGEST, FairFacts, FairSayings
from events.fairs.organise_fair import details_version
from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import ClockField, DayField, DaysField, WholeNumberField
from events.fairs.wording import DATE_STATES, FAIR_KINDS
from events.places.locality import Locality
from events.places.venue import Venue
from events.places.wording import place_with_old_names
from foundation import clock
from foundation.days import month_name
from foundation.house_form import HouseForm
from foundation.languages import current_language
from foundation.made_once import new_form_token
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

CALL_OPENS = time(8)
CALL_CLOSES = time(17)
LEAST_VENUE_FIELDS = 2
FIELD_OF_REFUSAL = {
    "name_missing": "name_vi",
    "kind_unknown": "kind",
    "date_state_unknown": "date_state",
    "unknown_date_has_days": "date_state",
    "year_missing": "year",
    "year_out_of_range": "first_day",
    "month_unknown": "month",
    "first_day_missing": "first_day",
    "last_day_missing": "last_day",
    "last_before_first": "last_day",
    "fair_too_long": "last_day",
    "closed_day_outside": "closed_days",
    "closed_day_at_end": "closed_days",
    "no_open_day": "closed_days",
    "hours_in_order": "closes_at",
    "call_in_order": "call_closes_day",
    "call_after_fair": "call_closes_day",
    "answer_before_call": "answer_by",
    "answer_before_call_closes": "answer_by",
    "answer_after_fair": "answer_by",
    "too_many_venues": "venues",
    "venue_unknown": "venues",
    "venue_has_plan": "venues",
    "series_name_missing": "series_name_vi",
}


def number_or_none(value: Any) -> int | None:
    """An option's number; the empty option is None."""
    return int(value) if value not in {None, "", "None"} else None


class OrganiseFairForm(OvertakenForm):
    """A fair's facts. Call `offer` before validating."""

    NOT_COMPARED = frozenset({"organisation_id"})

    organisation_id = SelectField(_("Organiser"), coerce=number_or_none, validators=[Optional()])
    kind = SelectField(_("Kind"), choices=[(kind.value, words) for kind, words in FAIR_KINDS.items()])
    name_vi = StringField(
        _("Name in Vietnamese"),
        validators=[DataRequired(_("Enter the name in Vietnamese.")), Length(max=LONGEST["name_vi"])],
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=LONGEST["name_en"])])
    summary_vi = TextAreaField(
        _("What visitors read first, in Vietnamese"), validators=[Optional(), Length(max=LONGEST["summary_vi"])]
    )
    summary_en = TextAreaField(
        _("What visitors read first, in English"), validators=[Optional(), Length(max=LONGEST["summary_en"])]
    )
    host_event = StringField(
        _("Part of a larger event"),
        validators=[Optional(), Length(max=LONGEST["host_event"])],
        description=_("For example a festival or a sports event that it belongs to."),
    )
    source = StringField(
        _("Source"),
        validators=[Optional(), Length(max=LONGEST["source"])],
        description=_("Plan, decision or press article that the facts come from."),
    )
    series_name_vi = StringField(
        _("Series, in Vietnamese"),
        validators=[Optional(), Length(max=LONGEST["name_vi"])],
        description=_("What all editions have in common, without a year. Choose a known one, or name a new one."),
    )
    series_name_en = StringField(_("Series, in English"), validators=[Optional(), Length(max=LONGEST["name_en"])])
    date_state = RadioField(
        _("How sure are the dates?"), choices=[(state.value, words) for state, words in DATE_STATES.items()]
    )
    first_day = DayField(_("First day"))
    last_day = DayField(_("Last day"))
    year = WholeNumberField(
        _("Year"),
        validators=[Optional()],
        description=_("Only when the dates are not known."),
    )
    month = SelectField(
        _("Month"),
        coerce=number_or_none,
        validators=[Optional()],
        description=_("Only when the dates are not known."),
    )
    closed_days = DaysField(
        _("Days on which it stays closed"),
        validators=[Optional(), Length(max=2000)],
        description=_("One on each line, like 06/02/2027. Leave empty when it is open every day."),
    )
    opens_at = ClockField(_("Opens at"), validators=[InputRequired(_("Enter the daily hours."))])
    closes_at = ClockField(_("Closes at"), validators=[InputRequired(_("Enter the daily hours."))])
    venues = FieldList(
        SelectField(_("Venue"), coerce=number_or_none, validate_choice=True),
        _("Venue"),
        min_entries=LEAST_VENUE_FIELDS,
        max_entries=12,
    )
    new_venue_name_vi = StringField(_("Name of the venue in Vietnamese"), validators=[Optional(), Length(max=160)])
    new_venue_name_en = StringField(_("Name of the venue in English"), validators=[Optional(), Length(max=160)])
    new_venue_address = StringField(_("Street or place"), validators=[Optional(), Length(max=240)])
    new_venue_locality = SelectField(_("Commune, ward or special zone"), coerce=number_or_none, validators=[Optional()])
    call_opens_day = DayField(_("The call opens on"))
    call_opens_time = ClockField(_("Opening hour of the call"))
    call_closes_day = DayField(_("The call closes on"))
    call_closes_time = ClockField(_("Closing hour of the call"))
    answer_by = DayField(
        _("Producers get their answer by"),
        description=_("Shown to producers before they apply."),
    )
    once = HiddenField(default=new_form_token)

    def offer(
        self, organisations: Sequence[Organisation], venues: Sequence[Venue], localities: Sequence[Locality]
    ) -> None:
        """Fill the pickers; localities stand under their former districts, because people still say those names."""
        language = current_language()
        self.month.choices = [("", str(_("Not known"))), *((n, month_name(n, language)) for n in range(1, 13))]
        self.organisation_id.choices = [(found.id, found.name.local(language)) for found in organisations]
        places: dict[str, list[tuple[Any, str]]] = {"": [("", str(_("Choose a place")))]}
        for place in localities:
            places.setdefault(place.district.name, []).append((place.id, place_with_old_names(place, language)))
        self.new_venue_locality.choices = places
        known: dict[str, list[tuple[Any, str]]] = {"": [("", str(_("No venue chosen")))]}
        for venue in venues:
            words = f"{venue.name.local(language)}, {venue.locality.name.local(language)}"
            known.setdefault(venue.locality.district.name, []).append((venue.id, words))
        for entry in self.venues:
            entry.choices = known

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Every field and every rule of the fair at once; a new venue needs its name and its place as well."""
        fine = bool(super().validate(extra_validators))
        for refusal in FairFacts(**self.facts(self.chosen_venues())).faults():
            fine = False
            if not self._fields[self.field_of(refusal)].errors:
                self.explain(refusal)
        about_it = (self.new_venue_name_en.data, self.new_venue_address.data, self.new_venue_locality.data)
        if not self.new_venue_name_vi.data and any(about_it):
            self.fault("new_venue_name_vi", _("Enter the name of the new venue, or clear the other fields about it."))
            fine = False
        if self.new_venue_name_vi.data and self.new_venue_locality.data is None:
            self.fault("new_venue_locality", _("Choose where the new venue is."))
            fine = False
        if self.series_name_en.data and not self.series_name_vi.data:
            self.explain(Refused("series_name_missing"))
            fine = False
        return fine

    def field_of(self, refusal: Refused) -> str:
        """The name of the field that a rule's no concerns."""
        if refusal.reason == "year_out_of_range" and self.first_day.data is None:
            return "year"
        return FIELD_OF_REFUSAL.get(refusal.reason) or str(refusal.facts.get("field", "name_vi"))

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        name = self.field_of(refusal)
        if name == "venues":
            self.form_errors.append(refusal_words(refusal))
        else:
            self.fault(name, refusal_words(refusal))

    def chosen_venues(self) -> list[int]:
        """The ids of the known venues chosen, in order."""
        return [entry.data for entry in self.venues if entry.data]

    def series(self) -> dict[str, str]:
        """The names that `name_series` takes; empty ones for a fair that is no edition."""
        return {"name_vi": self.series_name_vi.data or "", "name_en": self.series_name_en.data or ""}

    def carry_series(self, fair: Fair) -> None:
        """Let a form that did not ask for the series hold the fair's own."""
        if fair.series is not None:
            self.series_name_vi.data, self.series_name_en.data = fair.series.name_vi, fair.series.name_en

    def facts(self, venue_ids: Sequence[int]) -> FairSayings:
        """What the verbs take."""
        return FairSayings(
            kind=self.kind.data or "",
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            summary_vi=self.summary_vi.data or "",
            summary_en=self.summary_en.data or "",
            host_event=self.host_event.data or "",
            source=self.source.data or "",
            year=self.year.data,
            month=self.month.data,
            date_state=self.date_state.data or "",
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            closed_days=self.closed_days.data or (),
            opens_at=self.opens_at.data or time.min,
            closes_at=self.closes_at.data or time.max,
            call_opens_at=_moment(self.call_opens_day, self.call_opens_time, CALL_OPENS),
            call_closes_at=_moment(self.call_closes_day, self.call_closes_time, CALL_CLOSES),
            answer_by=self.answer_by.data,
            venue_ids=venue_ids,
        )


class ReasonForm(HouseForm):
    """Why a fair is postponed or cancelled."""

    reason = TextAreaField(
        _("Reason"),
        validators=[
            DataRequired(_("Give the reason: visitors and producers will read it.")),
            Length(max=1000),
        ],
        description=_("Visitors and producers read it on the fair's page and in their calendars."),
    )


def values_of(fair: Fair | None) -> dict[str, Any]:
    """The form's values for a fair as it stands, or for a new one."""
    if fair is None:
        hours = {"opens_at": time(8), "closes_at": time(21, 30)}
        call = {"call_opens_time": CALL_OPENS, "call_closes_time": CALL_CLOSES}
        return {"date_state": "fixed", "kind": "fair", "venues": [""] * LEAST_VENUE_FIELDS, **hours, **call}
    columns = (
        "kind", "name_vi", "name_en", "summary_vi", "summary_en", "host_event", "source", "date_state", "first_day",
        "last_day", "opens_at", "closes_at", "answer_by", "organisation_id",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(fair, name) for name in columns}
    values |= {"year": None if fair.first_day else fair.year, "month": fair.month or ""}
    values["closed_days"] = tuple(closed.day for closed in fair.closed_days)
    values["venues"] = [*(place.venue.id for place in fair.venues), ""]
    values["venues"] += [""] * (LEAST_VENUE_FIELDS - len(values["venues"]))
    if fair.series is not None:
        values |= {"series_name_vi": fair.series.name_vi, "series_name_en": fair.series.name_en}
    values["version"] = str(details_version(fair))
    for name, moment in (("call_opens", fair.call_opens_at), ("call_closes", fair.call_closes_at)):
        values[f"{name}_day"], values[f"{name}_time"] = _day_and_time(moment)
    values["call_opens_time"] = values["call_opens_time"] or CALL_OPENS
    values["call_closes_time"] = values["call_closes_time"] or CALL_CLOSES
    return values


def _moment(day: DayField, at: ClockField, default: time) -> datetime | None:
    return clock.local_moment(day.data, at.data or default) if day.data else None


def _day_and_time(moment: datetime | None) -> tuple[Any, Any]:
    local = moment.astimezone(clock.VIETNAM) if moment else None
    return (local.date(), local.time()) if local else (None, None)
