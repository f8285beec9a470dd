"""The words of fairs in public lists and of published figures, made once for a whole page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from flask import url_for
from flask_babel import lazy_gettext as _
from markupsafe import Markup, escape

from events.fairs.fair import DateState, Fair, Phase
from events.fairs.listed_fair import ListedFair
from events.fairs.wording import PHASES
from exhibitors.results.fair_figure import FairFigure, Measure
from foundation import clock
from foundation.days import format_date, format_day, format_day_range, format_weekday
from foundation.languages import current_language
from foundation.languages import say as gettext
from foundation.languages import say_plural as ngettext
from foundation.lunar import format_lunar_short
from foundation.money import format_number, money_in_words
from foundation.template_filters import show_local, time_known

MEASURES = {
    Measure.REVENUE.value: _("Revenue"),
    Measure.VISITS.value: _("Visits"),
    Measure.BOOTHS.value: _("Booths"),
    Measure.UNITS.value: _("Producers who took part"),
    Measure.PRODUCTS.value: _("Products shown"),
    Measure.AGREEMENT.value: _("Agreement signed"),
    Measure.BEST_SELLERS.value: _("Best sellers"),
}
AnyFair = Fair | ListedFair
CAN_BE_FOLLOWED = {Phase.ANNOUNCED, Phase.PREPARING, Phase.CALL_OPEN, Phase.RUNNING}
UNMARKED = {Phase.ANNOUNCED, Phase.PREPARING, Phase.OVER}
"""What the days beside it say well enough without a tag, as long as they are sure."""
BAR_TONES = {Phase.RUNNING: "now", Phase.OVER: "past", Phase.CANCELLED: "past"}
"""The colours of fairs in calendars; any other phase has the plain one."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A status word with its tone and icon."""

    text: str
    tone: str | None = None
    icon: str | None = None


class Leaf(NamedTuple):
    """The calendar leaf of a day, in the order in which it is drawn; `day` is empty where only a year is known."""

    classes: str
    day: str
    band: str
    number: str
    foot: str


@dataclass(slots=True)
class FairRow:
    """A fair as a row of a list, in finished words."""

    name: str
    url: str
    is_on: bool
    leaf: Leaf
    venues: str
    days: str
    figures: Sequence[str]
    tag: Tag | None
    follow_url: str


def fair_rows(fairs: Iterable[ListedFair], figures: Mapping[int, Sequence[FairFigure]] | None = None) -> list[FairRow]:
    """Rows for visitors; `figures` are the published ones by fair."""
    # One address is made by the router and the rest by filling it in: a list has fifty of each.
    page, follow = (url_for(name, slug="0") for name in ("browse_fairs.show", "subscribe.fair"))
    view = _View(current_language(), clock.now(), clock.today(), page.removesuffix("0"), follow.partition("/0"))
    return [_row(fair, view, (figures or {}).get(fair.id, ())) for fair in fairs]


def phase_tag(fair: AnyFair, phase: Phase | None = None) -> Tag:
    """Where a fair stands today."""
    today, phase = clock.today(), phase or fair.phase()
    if phase == Phase.RUNNING:
        return _tag_of_running(fair, today)
    if phase == Phase.CALL_OPEN:
        if fair.call_closes_at is None:
            return Tag(gettext("Takes applications"), "info")
        last = format_date(clock.local_day(fair.call_closes_at))
        return Tag(gettext("Applications until %(day)s") % {"day": last}, "info")
    if phase in {Phase.ANNOUNCED, Phase.PREPARING}:
        unsure = fair.date_state == DateState.TENTATIVE
        if unsure:
            return Tag(gettext("Tentative dates"), "warn", "hourglass")
        return Tag(gettext("Coming up"), "info", "calendar-days")
    words = PHASES[phase]
    return Tag(str(words.label), words.tone, words.icon)


def figure_words(figure: FairFigure) -> str:
    """A published figure with its qualifier: "gần 1,6 tỷ đồng"; in its own words where it is not a number.

    Where it counts a part of the fair the part is named: "8,7 tỷ đồng (OCOP Quảng Ninh)".
    """
    language = current_language()
    text = figure.text.local(language)
    if figure.amount is None:
        return text
    shown = _counted(figure.measure, figure.amount) % {"shown": format_number(figure.amount, language)}
    part = f" ({text})" if text else ""
    return f"{figure.qualifier.local(language)} {shown or money_in_words(figure.amount, language)}{part}".strip()


def _counted(measure: str, number: int) -> str:
    """The sentence for what is counted; empty for money."""
    if measure == Measure.VISITS:
        return ngettext("%(shown)s visit", "%(shown)s visits", number)
    if measure == Measure.BOOTHS:
        return ngettext("%(shown)s booth", "%(shown)s booths", number)
    if measure == Measure.UNITS:
        return ngettext("%(shown)s producer", "%(shown)s producers", number)
    return ngettext("%(shown)s product", "%(shown)s products", number) if measure == Measure.PRODUCTS else ""


def venue_names(fair: AnyFair) -> Markup:
    """The venues in one line: "GO! Hạ Long và Hạ Long Park"."""
    names = [show_local(name) for name in fair.venue_names]
    if len(names) == 1:
        return escape(names[0])
    joint = Markup(" {} ").format(gettext("and"))
    return joint.join(filter(None, (Markup(", ").join(names[:-1]), *names[-1:])))


def leaf_of(fair: AnyFair) -> Leaf:
    """The leaf of its first day, or of its year."""
    return _leaf(fair, current_language(), is_on=False)


class _View(NamedTuple):
    """What is the same for all rows of a list: language, moment, day, and where the addresses begin (and end)."""

    language: str
    moment: datetime
    today: date
    page: str
    follow: tuple[str, str, str]


def _row(fair: ListedFair, view: _View, figures: Sequence[FairFigure]) -> FairRow:
    phase = fair.phase(view.moment)
    is_on = phase == Phase.RUNNING
    is_tentative = fair.date_state == DateState.TENTATIVE
    can_follow = fair.first_day is not None and phase in CAN_BE_FOLLOWED
    begin, _, end = view.follow
    return FairRow(
        show_local(fair.name),
        view.page + fair.slug,
        is_on,
        _leaf(fair, view.language, is_on=is_on),
        venue_names(fair),
        _days(fair, phase, view),
        [figure_words(figure) for figure in figures],
        None if phase in UNMARKED and not is_tentative else phase_tag(fair, phase),
        f"{begin}/{fair.slug}{end}" if can_follow else "",
    )


def _leaf(fair: AnyFair, language: str, *, is_on: bool) -> Leaf:
    if fair.first_day is None:
        return Leaf("leaf open", "", _month_or_year(fair, language), "?", gettext("day not known"))
    return _leaf_of_day(fair.first_day, language, is_on)


def _month_or_year(fair: AnyFair, language: str) -> str:
    return f"{_short_months(language)[fair.month - 1]} {fair.year}" if fair.month else str(fair.year)


@lru_cache(maxsize=1024)
def _leaf_of_day(day: date, language: str, is_on: bool) -> Leaf:
    band = f"{format_weekday(day, language, short=True)}, {_short_months(language)[day.month - 1]}"
    classes = f"leaf{' now' if is_on else ''}{' sun' if day.weekday() == 6 else ''}"
    return Leaf(classes, day.isoformat(), band, str(day.day), format_lunar_short(day, language))


@cache
def _short_months(language: str) -> tuple[str, ...]:
    """In the page's language, which is what is asked for."""
    return (
        gettext("Jan"), gettext("Feb"), gettext("Mar"), gettext("Apr"), gettext("May"), gettext("Jun"),
        gettext("Jul"), gettext("Aug"), gettext("Sep"), gettext("Oct"), gettext("Nov"), gettext("Dec"),
    )  # fmt: skip


def _days(fair: ListedFair, phase: Phase, view: _View) -> str:
    if fair.first_day is None or fair.last_day is None:
        return time_known(fair)
    if phase == Phase.OVER:
        return format_day_range(fair.first_day, fair.last_day, view.language)
    if fair.first_day == fair.last_day:
        return ""
    until = gettext("Until %(day)s", view.language)
    return until % {"day": format_day(fair.last_day, view.language, today=view.today)}


def _tag_of_running(fair: AnyFair, today: date) -> Tag:
    left = (fair.last_day - today).days if fair.last_day else 0
    if not fair.is_open_on(today):
        return Tag(gettext("Closed today"), "warn", "clock")
    if not left:
        return Tag(gettext("On now, last day"), "now", "radio")
    words = ngettext("On now, %(num)s day left", "On now, %(num)s days left", left) % {"num": left}
    return Tag(words, "now", "radio")
