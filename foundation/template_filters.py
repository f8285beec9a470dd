"""What templates may say about days, money and bilingual text, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from foundation import clock, days, lunar, money
from foundation.audience import current_actor, lent_unit
from foundation.bilingual import Bilingual
from foundation.country_names import country_name
from foundation.languages import current_language
from foundation.markdown import markdown_html


class VietnameseText(str):
    """Vietnamese words on an English page: in markup they say so, so that they are read out as what they are."""

    __slots__ = ()

    def __html__(self) -> str:
        """The words in an element with their language; `plain` gives them for attributes and titles."""
        return str(Markup('<span lang="vi">{}</span>').format(str(self)))


def show_local(text: Bilingual | str | None) -> str:
    """Bilingual text in the page's language; what exists in Vietnamese alone is marked on an English page."""
    language = current_language()
    if not isinstance(text, Bilingual):
        return text or ""
    words = text.local(language)
    return VietnameseText(words) if words and text.spoken(language) != language else words


def mark_vietnamese(text: str | None) -> str:
    """Words that people type in Vietnamese alone, such as a fascia name, marked on an English page."""
    return VietnameseText(text) if text and current_language() != "vi" else (text or "")


def plain(text: object) -> str:
    """The bare words for an attribute, an option or the page's title, where no element can stand."""
    return text.striptags() if isinstance(text, Markup) else str(text)


def time_known(thing: Any) -> str:
    """When something without days is: its year, and its month where that is known; nothing is guessed."""
    if thing.month:
        month = days.format_month(thing.year, thing.month, current_language())
        return str(gettext("%(month)s, day not known", month=month))
    return str(gettext("Year %(year)s, day not known", year=thing.year))


def csrf_field() -> Markup:
    """The hidden input that every form with a POST carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _local_day(value: date | datetime) -> date:
    return clock.local_day(value) if isinstance(value, datetime) else value


def add_template_words(app: Flask) -> None:
    """Register filters and globals; see templates/_macros for the building blocks."""
    app.jinja_env.filters.update(
        local=show_local,
        plain=plain,
        vietnamese=mark_vietnamese,
        date=_date,
        day=_day,
        clock=lambda value: days.format_clock(_clock(value)) if value else "",
        when=_when,
        money=lambda value: money.format_money(value, current_language()) if value is not None else "",
        money_in_words=lambda value: money.money_in_words(value, current_language()) if value is not None else "",
        number=lambda value: money.format_number(value, current_language()) if value is not None else "",
        lunar=lambda value: lunar.format_lunar_long(_local_day(value), current_language()) if value else "",
        lunar_short=lambda value: lunar.format_lunar_short(_local_day(value), current_language()) if value else "",
        lunar_mark=lambda value: lunar.format_lunar_mark(_local_day(value), current_language()) if value else "",
        weekday=lambda value: days.format_weekday(_local_day(value), current_language()) if value else "",
        weekday_short=lambda value: days.format_weekday(_local_day(value), current_language(), short=True),
    )
    app.jinja_env.filters["time_known"] = time_known
    app.jinja_env.filters["country"] = country_name
    app.jinja_env.filters["local_day"] = clock.local_day
    app.jinja_env.filters["markdown"] = lambda text: Markup(markdown_html(text or ""))  # noqa: S704 - nh3 has cleaned it
    app.jinja_env.filters["day_range"] = _day_range
    app.jinja_env.globals.update(csrf_field=csrf_field, today=clock.today)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def who() -> dict[str, Any]:
        return {"actor": current_actor(), "lent_unit": lent_unit()}


def _date(value: date | datetime | None) -> str:
    return days.format_date(_local_day(value)) if value else ""


def _day(value: date | datetime | None) -> str:
    return days.format_day(_local_day(value), current_language(), today=clock.today()) if value else ""


def _when(value: datetime | None) -> str:
    return days.format_when(value, current_language(), today=clock.today()) if value else ""


def _clock(value: time | datetime) -> time:
    return value.astimezone(clock.VIETNAM).time() if isinstance(value, datetime) else value


def _day_range(first: date | None, last: date | None = None) -> str:
    return days.format_day_range(first, last or first, current_language()) if first else ""
