"""What may be typed about the next edition of a fair."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional

from events.fairs.fair import Fair
from events.fairs.fair_facts import LONGEST
from events.fairs.typed_fields_form import DayField
from foundation import clock
from foundation.days import format_date, format_weekday
from foundation.house_form import HouseForm
from foundation.languages import current_language
from foundation.lunar import format_lunar_short
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

FIELD_OF_REFUSAL = {
    "name_missing": "name_vi",
    "series_name_missing": "series_name_vi",
    "year_out_of_range": "first_day",
    "day_out_of_range": "first_day",
    "clone_needs_days": "first_day",
    "lunar_order": "way",
}
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_LONELY_ENDS = " –-,·"


class CloneFairForm(HouseForm):
    """Names and opening of the new edition."""

    name_vi = StringField(
        _("Name in Vietnamese"),
        validators=[DataRequired(_("Enter the name in Vietnamese.")), Length(max=LONGEST["name_vi"])],
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=LONGEST["name_en"])])
    first_day = DayField(_("First day of the new edition"))
    ways: Any = [
        ("days", (_("Equally far"), _("What lay ten days before the opening lies ten days before the new one."))),
        ("lunar", (_("By the lunar calendar"), _("27 Chạp stays 27 Chạp; the day above only chooses the year."))),
    ]
    way = RadioField(_("How do the other dates move?"), choices=ways)
    seen = HiddenField()
    series_name_vi = StringField(
        _("Name of the series in Vietnamese"),
        validators=[Optional(), Length(max=LONGEST["name_vi"])],
        description=_("What all editions have in common, without a year."),
    )
    series_name_en = StringField(
        _("Name of the series in English"), validators=[Optional(), Length(max=LONGEST["name_en"])]
    )

    def said(self) -> dict[str, Any]:
        """The keywords of `clone_fair`; `first_day` must have been typed."""
        return {
            "name_vi": self.name_vi.data or "",
            "name_en": self.name_en.data or "",
            "first_day": self.first_day.data,
            "by_lunar_date": self.way.data == "lunar",
            "series_name_vi": self.series_name_vi.data or "",
            "series_name_en": self.series_name_en.data or "",
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """The first day must be there: every other date follows it."""
        fine = bool(super().validate(extra_validators))
        if self.first_day.data is None and not self.first_day.errors:
            self.fault("first_day", _("Enter the first day of the new edition: all other dates follow it."))
            return False
        return fine

    def warnings(self, opening: date) -> list[str]:
        """What to say before an edition opening on `opening` is made: it is not the day typed, or it has passed."""
        said, typed = [], self.first_day.data
        if typed is not None and opening != typed:
            said.append(
                gettext(
                    "By the lunar calendar the new edition begins on %(day)s (%(lunar)s), not on %(typed)s as typed.",
                    day=_day_words(opening),
                    lunar=format_lunar_short(opening, current_language()),
                    typed=_day_words(typed),
                )
            )
        if opening < clock.today():
            said.append(
                gettext(
                    "%(day)s has passed. Make it only if you enter an edition that was held, else choose a later day.",
                    day=_day_words(opening),
                )
            )
        return said

    def has_shown(self, opening: date) -> bool:
        """Whether the page that was sent has shown the dates of an edition that opens on this day."""
        return bool(self.seen.data == opening.isoformat())

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns."""
        self.fault(FIELD_OF_REFUSAL.get(refusal.reason) or str(refusal.facts["field"]), refusal_words(refusal))


def next_values(fair: Fair) -> dict[str, Any]:
    """What stands in the form at first: the same names a year later, on the same days of the week."""
    values: dict[str, Any] = {"name_vi": _next_name(fair.name_vi), "name_en": _next_name(fair.name_en), "way": "days"}
    if fair.first_day:
        values["first_day"] = _year_later(fair.first_day)
    if fair.series_id is None:
        values |= {"series_name_vi": _bare(fair.name_vi), "series_name_en": _bare(fair.name_en)}
    return values


def _day_words(day: date) -> str:
    return f"{format_weekday(day, current_language())} {format_date(day)}"


def _year_later(day: date) -> date:
    """The same weekday next year, or the first year that is still to come."""
    weeks = 52
    while (moved := date.fromordinal(day.toordinal() + 7 * weeks)) <= clock.today():
        weeks += 52
    return moved


def _next_name(name: str) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + 1), name, count=1)


def _bare(name: str) -> str:
    return " ".join(_YEAR.sub("", name).split()).strip(_LONELY_ENDS)
