"""Days, ranges of days and clock times as people write them, in Vietnamese and English."""

from __future__ import annotations

from datetime import date, datetime, time

from foundation.clock import VIETNAM, local_day

_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_WEEKDAYS = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_weekday(day: date, language: str, *, short: bool = False) -> str:
    """The weekday: "Thứ Hai", "Monday"; short: "T2", "Mon"."""
    names = _SHORT_WEEKDAYS if short else _WEEKDAYS
    return names[_known(language)][day.weekday()]


def month_name(month: int, language: str) -> str:
    """A month without its year: "Tháng 8", "August"."""
    return _MONTHS[month - 1] if language == "en" else f"Tháng {month}"


def format_month(year: int, month: int, language: str) -> str:
    """A month: "Tháng 8 năm 2022", "August 2022"."""
    return f"{_MONTHS[month - 1]} {year}" if language == "en" else f"Tháng {month} năm {year}"


def format_date(day: date) -> str:
    """The same in both languages: "22/08/2022"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_day(day: date, language: str, *, today: date | None = None) -> str:
    """A day with its weekday: "Thứ Hai 22/08/2022", "Monday 22 August 2022".

    English leaves out the year of `today`; a Vietnamese day is always dd/mm/yyyy.
    """
    weekday = format_weekday(day, language)
    if language != "en":
        return f"{weekday} {format_date(day)}"
    same_year = today is not None and day.year == today.year
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]}{'' if same_year else f' {day.year}'}"


def format_day_range(first: date, last: date, language: str) -> str:
    """The shortest clear form of the days from `first` to `last`, both included.

    "06–11/02/2026", "28/10–03/11/2025"; in English "6–11 February 2026", "28 October – 3 November 2025".
    """
    if language == "en":
        return _english_range(first, last)
    if first == last:
        return format_date(first)
    if first.year != last.year:
        return f"{format_date(first)}–{format_date(last)}"
    if first.month != last.month:
        return f"{first.day:02}/{first.month:02}–{format_date(last)}"
    return f"{first.day:02}–{format_date(last)}"


def format_clock(clock: time | datetime) -> str:
    """24 hours without a leading zero, in Vietnam's time: "8:00", "21:30"."""
    if isinstance(clock, datetime):
        clock = clock.astimezone(VIETNAM)
    return f"{clock.hour}:{clock.minute:02}"


def format_hours(opens: time | datetime, closes: time | datetime, language: str) -> str:
    """Opening hours: "8:00 đến 21:30", "8:00 to 21:30"."""
    return f"{format_clock(opens)} {'to' if language == 'en' else 'đến'} {format_clock(closes)}"


def format_when(moment: datetime, language: str, *, today: date | None = None) -> str:
    """An aware moment in Vietnam's time: "17:00 Thứ Hai 22/08/2022", "17:00, Monday 22 August"; see `format_day`."""
    joint = ", " if language == "en" else " "
    return f"{format_clock(moment)}{joint}{format_day(local_day(moment), language, today=today)}"


def _english_range(first: date, last: date) -> str:
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def _known(language: str) -> str:
    return "en" if language == "en" else "vi"
