"""Form fields for what people type: days (29/01/2027, 2027-01-29), times (8:00, 8h30), lengths (3,5), money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import DateInput, TextArea, TextInput, TimeInput

from foundation.days import format_date
from foundation.languages import current_language
from foundation.money import format_number, parse_money
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.hg](\d{2})?)?(?::\d{2})?")
_METRES = re.compile(r"[0-9]{1,5}([.,][0-9]{1,4})?")
_BETWEEN_DAYS = re.compile(r"[\s,;]+")
MOST_NAMED = 5
"""So many wrong days are named; more would hide the sentence."""


def read_day(text: str) -> date | None:
    """The day, in any of the ways people write it; None when it is none."""
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def read_clock(text: str) -> time | None:
    """The clock time, to the minute; None when it is none."""
    match = _CLOCK.fullmatch(text.strip().lower())
    if match is None or not text.isascii():
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TypedField(Field):
    """A field that keeps what was typed when it cannot be read."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.written() if self.data or self.data == 0 else ""

    def pre_validate(self, form: Any) -> None:
        """What could not be read is one fault: nothing more is asked of it."""
        if self.process_errors:
            raise StopValidation

    def written(self) -> str:
        """The value as the control wants it."""
        return str(self.data)


class DayField(TypedField):
    """A day; the browser's own picker sends ISO, without it people type dd/mm/yyyy."""

    widget = DateInput()

    def written(self) -> str:
        """ISO, which the browser's picker takes."""
        day: date = self.data
        return day.isoformat()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read one day; nothing typed is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = read_day(valuelist[0])
            if self.data is None:
                raise ValueError(gettext("This is not a day. Write it like 29/01/2027."))


class ClockField(TypedField):
    """A clock time."""

    widget = TimeInput()

    def written(self) -> str:
        """Hours and minutes, which the browser's picker takes."""
        clock: time = self.data
        return f"{clock:%H:%M}"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read one clock time; nothing typed is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = read_clock(valuelist[0])
            if self.data is None:
                raise ValueError(gettext("This is not a time. Write it like 8:00."))


class DaysField(TypedField):
    """Several days, one on each line or with commas between."""

    widget = TextArea()  # type: ignore[assignment]  # it asks for no more than _value()

    def written(self) -> str:
        """One day on each line."""
        return "\n".join(format_date(day) for day in self.data)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read all days; those that are none are named."""
        self.data = ()
        parts = [part for part in _BETWEEN_DAYS.split(valuelist[0]) if part] if valuelist else []
        days = {part: read_day(part) for part in parts}
        if wrong := [part for part, day in days.items() if day is None]:
            named = "”, “".join(part[:40] for part in wrong[:MOST_NAMED])
            raise ValueError(gettext("“%(typed)s” is not a day. Write each like 29/01/2027.", typed=named))
        self.data = tuple(day for day in days.values() if day is not None)


class WholeNumberField(TypedField):
    """A whole number."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read one number; nothing typed is None."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if typed:
            if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
                raise ValueError(gettext("Write a whole number in digits."))
            self.data = int(typed)


class MetresField(TypedField):
    """A length in metres, with a comma or a point."""

    widget = TextInput()

    def written(self) -> str:
        """Without needless zeros, with a comma as Vietnamese people write it."""
        return f"{self.data:.2f}".rstrip("0").rstrip(".").replace(".", ",")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read one length; nothing typed is None."""
        self.data = None
        typed = valuelist[0].strip().removesuffix("kW").removesuffix("m").strip() if valuelist else ""
        if typed:
            if not _METRES.fullmatch(typed):
                raise ValueError(self.asked())
            self.data = float(typed.replace(",", "."))

    def asked(self) -> str:
        """What to write instead of what cannot be read."""
        return str(gettext("Write a length in metres, like 3 or 2.5."))


class KilowattsField(MetresField):
    """A power in kilowatts, written like a length."""

    def asked(self) -> str:
        """The same for power."""
        return str(gettext("Write a power in kilowatts, like 3 or 2.5."))


class MoneyField(TypedField):
    """An amount in whole đồng, as people write it: "4.350.000", "4,35 triệu"."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else self.written()

    def written(self) -> str:
        """Grouped by thousands, as the language does."""
        return format_number(self.data, current_language())

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read one amount; nothing typed is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = parse_money(valuelist[0], current_language())
            except Refused as refusal:
                raise ValueError(refusal_words(refusal)) from refusal
