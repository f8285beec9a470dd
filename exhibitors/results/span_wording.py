"""Fairs and their calls as the bars of calendars, in words and with the way to their pages."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from events.calendars.day_lanes import Span
from events.fairs.fair import Phase
from events.fairs.listed_fair import ListedFair
from exhibitors.results.wording import BAR_TONES
from foundation import clock
from foundation.languages import current_language


def fair_spans(fairs: Iterable[ListedFair]) -> list[Span]:
    """A bar for each fair whose days are known; what is off says so."""
    language = current_language()
    spans = []
    for fair in fairs:
        if fair.first_day is None or fair.last_day is None:
            continue
        phase, label = fair.phase(), fair.name.local(language)
        if phase == Phase.CANCELLED:
            label = _("Cancelled: %(name)s", name=label)
        elif phase == Phase.POSTPONED:
            label = _("Postponed: %(name)s", name=label)
        address = url_for("browse_fairs.show", slug=fair.slug)
        spans.append(Span(fair.first_day, fair.last_day, label, address, BAR_TONES.get(phase, "")))
    return spans


def call_spans(fairs: Iterable[ListedFair]) -> list[Span]:
    """A bar for each call that takes applications now."""
    spans = []
    for fair in fairs:
        if not fair.takes_applications() or fair.call_opens_at is None or fair.call_closes_at is None:
            continue
        label = _("Booth applications: %(name)s", name=fair.name.local(current_language()))
        address = url_for("browse_fairs.show", slug=fair.slug) + "#call"
        first_day, last_day = clock.local_day(fair.call_opens_at), clock.local_day(fair.call_closes_at)
        spans.append(Span(first_day, last_day, label, address, "apply"))
    return spans
