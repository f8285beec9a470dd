"""Audience: anyone. What is on now and next, all fairs, the month, and a fair's own page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.calendars.day_lanes import (
    FIRST_MONTH,
    LAST_MONTH,
    STRIP_DAYS,
    lay_bars,
    month_after,
    month_weeks,
    strip_days,
)
from events.calendars.fair_events import closed_ranges
from events.calendars.public_address import public_address
from events.calendars.read_feeds import CALENDAR_NAME, EVERYTHING
from events.calendars.subscribe_links import links_for, qr_picture
from events.fairs.browse_fairs import (
    FairFilters,
    coming_fairs,
    fairs_between,
    fairs_page,
    fairs_without_days,
    find_public_fair,
    opening_hours,
    past_fairs,
    whats_on,
)
from events.fairs.fair import Fair, FairState, Phase
from events.fairs.listed_fair import ListedFair
from events.fairs.permissions import may_see_fair
from events.fairs.set_up_wording import PARTNER_ROLES
from events.fairs.wording import FAIR_KINDS
from events.places.place_words import place_query
from events.programme.browse_programme import programme_days
from exhibitors.allocation.exhibitor_directory import Exhibitor
from exhibitors.allocation.proposals.lottery_draw import draw_of
from exhibitors.calls.open_calls import next_call
from exhibitors.fair_days.sold_out import where_sold_out
from exhibitors.producers.producer_directory import featured_products
from exhibitors.results.fair_figure import figures_of_fairs
from exhibitors.results.outcome_wording import published_outcome  # noqa: F401 - tells the organisers' dashboard
from exhibitors.results.place_choices_form import place_choices
from exhibitors.results.search import forgiving
from exhibitors.results.show_fair import ShownVenue, likely_words, narrow_exhibitors, show_fair
from exhibitors.results.span_wording import call_spans, fair_spans
from exhibitors.results.structured_data import fair_event, web_site
from exhibitors.results.where_sold import stands_of
from exhibitors.results.wording import MEASURES, fair_rows, figure_words, leaf_of, phase_tag, venue_names
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, demand, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors
from foundation.paging import Paging, asked_page, refuse_beyond

pages = Pages("browse_fairs", __name__, audience=Audience.ANYONE)
WORDS = {
    "fair_rows": fair_rows,
    "figure_words": figure_words,
    "leaf_of": leaf_of,
    "phase_tag": phase_tag,
    "venue_names": venue_names,
}
pages.app_context_processor(lambda: WORDS)
MOST_AT_FIRST = 15
BESIDE_PLAN = 3
"""Exhibitors whose rows are about as high as the plan; the others stand below it in columns."""
MOST_COMING = 6
CLOSED = {Phase.OVER, Phase.CANCELLED, Phase.POSTPONED}


@pages.page("/", may=audience_suffices)
@kept_for_visitors
def home() -> ResponseReturnValue:
    """What is on now and next."""
    session, today = current_session(), clock.today()
    monday = today - timedelta(days=today.weekday())
    on_now, ahead = whats_on(session, today), coming_fairs(session, today)
    end = monday + timedelta(days=STRIP_DAYS - 1)
    spans = [*fair_spans(fairs_between(session, monday, end)), *call_spans([*ahead, *on_now])]
    products = featured_products(session)
    next_fair = next((fair for fair in ahead if fair.first_day and fair.state == FairState.PUBLISHED), None)
    return render_template(
        "exhibitors/results/browse_fairs/home.html",
        on_now=on_now,
        hours=opening_hours(session, on_now[0].id, today) if on_now else None,
        coming=ahead[:MOST_COMING],
        next_fair=next_fair,
        strip_days=strip_days(monday, today, current_language()),
        strip_lanes=lay_bars(spans, monday, STRIP_DAYS)[0],
        products=products,
        stands=stands_of(session, {product.producer_id for product in products}, today),
        sold_out=where_sold_out(session, {product.id for product in products}, today),
        structured=web_site(current_language()),
    )


@pages.page("/fairs", may=audience_suffices)
@kept_for_visitors
def listing() -> ResponseReturnValue:
    """All public fairs, narrowed by filters in the address."""
    session = current_session()
    asked = request.args
    filters = FairFilters(
        query=asked.get("q", "").strip()[:100],
        kind=asked.get("kind", "") if asked.get("kind") in {kind.value for kind in FAIR_KINDS} else "",
        when=asked.get("when", "") if asked.get("when") in {"now", "coming", "past"} else "",
        district=asked.get("district", "")[:60],
    )
    page, corrected = forgiving(
        session, filters.query, lambda words: fairs_page(session, replace(filters, query=words), asked_page())
    )
    refuse_beyond(page)
    return render_template(
        "exhibitors/results/browse_fairs/listing.html",
        filters=filters,
        corrected=corrected,
        page=Paging.of(page, per_page=50),
        whens=[("", _("All times")), ("now", _("On now")), ("coming", _("Coming up")), ("past", _("Over"))],
        kinds=_kind_choices(),
        place_choices=place_choices(session, current_language()),
        figures=figures_of_fairs(session, [fair.id for fair in page.rows]),
    )


@pages.page("/calendar", may=audience_suffices)
@kept_for_visitors
def calendar() -> ResponseReturnValue:
    """A month as a table, with lunar days, and the agenda from today."""
    session, today, language = current_session(), clock.today(), current_language()
    month, now = _asked_month(today), today.replace(day=1)
    kind = request.args.get("kind", "")
    monday = month - timedelta(days=month.weekday())
    end = month_after(month, 1) + timedelta(days=6)
    ahead = coming_fairs(session, today)
    shown = [fair for fair in fairs_between(session, monday, end) if kind in {"", fair.kind}]
    calls = [fair for fair in ahead if kind in {"", fair.kind}]
    some_day = [fair for fair in fairs_without_days(session, month.year, month.month) if kind in {"", fair.kind}]
    more_url = url_for("browse_fairs.listing")
    return render_template(
        "exhibitors/results/browse_fairs/calendar.html",
        shown_month=month,
        is_remote=not shown and not some_day and abs((month - today).days) > 366,
        weeks=month_weeks(month, today, [*fair_spans(shown), *call_spans(calls)], more_url=more_url, language=language),
        in_month=[fair for fair in shown if fair.first_day and now != month and fair.first_day < month_after(month, 1)],
        some_day=some_day,
        coming=[*whats_on(session, today), *ahead[:MOST_COMING]],
        past=past_fairs(session, today, most=3),
        kinds=_kind_choices(),
        kind=kind,
        earlier_url=_month_url(month_after(month, -1)),
        later_url=_month_url(month_after(month, 1)),
        calendar_feed_url=public_address(f"/calendar/{EVERYTHING}.ics", language),
        links=links_for(public_address(f"/calendar/{EVERYTHING}.ics", language), CALENDAR_NAME.local(language)),
        qr=qr_picture(public_address("/calendar/subscribe", language)),
    )


@pages.page("/fairs/<slug>", may=may_see_fair)
@kept_for_visitors
def show(slug: str) -> ResponseReturnValue:
    """One fair: facts, plan, exhibitors, and what it achieved."""
    session, language = current_session(), current_language()
    fair = found(find_public_fair(session, slug))
    demand(fair)
    facts, programme = show_fair(session, fair), programme_days(session, fair)
    asked = Asked.from_address()
    venue = _asked_venue(facts.venues, asked.booth)
    there = [row for row in facts.exhibitors if venue is None or not row.booths or venue.hosts(row)]
    shown, corrected = _looked_for(sorted(there, key=_by_code), asked)
    marked = [row for row in shown if asked.marks(row)]
    return render_template(
        "exhibitors/results/browse_fairs/show.html",
        fair=fair,
        draw=draw_of(session, fair),
        facts=facts,
        programme=programme,
        closed=closed_ranges(fair, language),
        structured=fair_event(fair, facts.venues, programme, language, facts.sheet.pictures)
        if may_see_fair(None, fair)
        else None,
        venue=venue,
        venue_tabs=_venue_tabs(fair, facts.venues, venue),
        there=there,
        sold_out_by=facts.sold_out_by(),
        exhibitors=[*marked, *(row for row in shown if row not in marked)],
        most=len(shown) if asked.everyone else MOST_AT_FIRST,
        beside=BESIDE_PLAN if venue and venue.plan else 0,
        groups=list(dict.fromkeys(product.group for row in there for product in row.products if product.group)),
        hot=[code for row in marked for code in venue.codes_of(row)] if venue else [],
        hrefs=_links_into_list(fair, venue, there),
        query=asked.query,
        corrected=corrected,
        group=asked.group,
        measures=MEASURES,
        partner_roles=PARTNER_ROLES,
        calendar_feed_url=public_address(f"/calendar/fairs/{fair.slug}.ics", language),
        next_call=next_call(session, fair) if _was_taking_applications(fair) else None,
        next_fairs=_others(fair) if fair.phase() in CLOSED else [],
    )


def _was_taking_applications(fair: Fair) -> bool:
    return fair.phase() is Phase.PREPARING and fair.why_no_application() == "call_closed"


def _others(fair: Fair) -> list[ListedFair]:
    return [other for other in coming_fairs(current_session(), clock.today(), most=4) if other.id != fair.id]


class Asked(NamedTuple):
    """What a visitor looks for among the exhibitors."""

    query: str
    group: str
    booth: str
    everyone: bool

    @classmethod
    def from_address(cls) -> Asked:
        """As the address says, cut to what makes sense."""
        asked = request.args
        booth = asked.get("booth", "")[:8]
        return cls(asked.get("q", "").strip()[:100], asked.get("group", "")[:40], booth, "all" in asked)

    def marks(self, exhibitor: Exhibitor) -> bool:
        """Whether the exhibitor, already narrowed to, is what was looked for and not just everybody."""
        return bool(self.query or self.group) or self.booth in exhibitor.booth_codes


def _looked_for(there: list[Exhibitor], asked: Asked) -> tuple[list[Exhibitor], str]:
    """Who has what is looked for, else who has what was probably meant, and those words."""
    words = place_query(current_session(), asked.query)
    shown = narrow_exhibitors(there, words, asked.group)
    better = likely_words(there, words) if not shown else ""
    meant = narrow_exhibitors(there, better, asked.group) if better else []
    return (meant, better) if meant else (shown, "")


def _by_code(exhibitor: Exhibitor) -> tuple[str, str]:
    return exhibitor.code or "~", exhibitor.sort_key


def _venue_tabs(fair: Fair, venues: Iterable[ShownVenue], current: ShownVenue | None) -> list[tuple[str, str, bool]]:
    language = current_language()
    return [
        (
            f"{venue.name.local(language)} ({venue.taken})",
            url_for("browse_fairs.show", slug=fair.slug, venue=venue.id) + "#plan",
            venue is current,
        )
        for venue in venues
        if venue.plan
    ]


def _links_into_list(fair: Fair, venue: ShownVenue | None, exhibitors: Iterable[Exhibitor]) -> dict[str, str]:
    """Each taken booth leads to its row: on this page or, where the list is cut, on the page that begins with it."""
    page = url_for("browse_fairs.show", slug=fair.slug)
    rows = [venue.codes_of(one) for one in exhibitors] if venue else []
    return {code: f"{page}?booth={codes[0]}#gian-{codes[0]}" for codes in rows for code in codes}


def _asked_month(today: date) -> date:
    asked = re.fullmatch(r"(\d{4})-(\d{2})", request.args.get("month", ""))
    if asked is None:
        return today.replace(day=1)
    year, month = int(asked[1]), int(asked[2])
    if not 1 <= month <= 12 or not FIRST_MONTH <= date(max(year, 1), month, 1) <= LAST_MONTH:
        abort(404)
    return date(year, month, 1)


def _month_url(month: date) -> str | None:
    if not FIRST_MONTH <= month <= LAST_MONTH:
        return url_for("browse_fairs.calendar")
    return url_for("browse_fairs.calendar", month=f"{month:%Y-%m}", kind=request.args.get("kind") or None)


def _kind_choices() -> list[tuple[str, str]]:
    return [("", _("All kinds")), *((kind.value, str(words)) for kind, words in FAIR_KINDS.items())]


def _asked_venue(venues: Iterable[ShownVenue], booth: str) -> ShownVenue | None:
    """The venue in the address, else the one with the booth that is looked for, else the first that has a plan."""
    drawn = [row for row in venues if row.plan]
    named = [row for row in drawn if str(row.id) == request.args.get("venue", "")]
    with_booth = [row for row in drawn if row.plan and any(one.code == booth for one in row.plan.booths)]
    return next(iter([*named, *with_booth, *drawn]), None)
