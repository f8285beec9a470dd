"""Audience: organisers. See what would be published, then publish it (/organise/fairs/…/publish)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.allocation.permissions import may_publish_decisions
from exhibitors.allocation.publish_decisions import (
    booths_needed,
    count_open_booths,
    going,
    newly_booked,
    publish_decisions,
    staged_decisions,
    usual_day_to_confirm,
)
from exhibitors.allocation.publish_decisions_form import PublishForm
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.held_booths import booths_held_by
from exhibitors.applications.queue_address_form import asked_filters, kept_address
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.rehearse_budget import budget_of
from exhibitors.applications.screening_queue import numbers_within
from exhibitors.applications.screening_wording import DECISIONS
from exhibitors.calls.asked_booths import quota_counts
from exhibitors.calls.wording import quota_words
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("publish_decisions", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/publish", may=may_publish_decisions, methods=("GET", "POST"))
def form(slug: str) -> ResponseReturnValue:
    """What is going out to whom, of all or of those the queue's filters leave; sending it is one press.

    What goes out is what was shown: a filter that finds more meanwhile adds nothing, a second press sends nothing.
    """
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    typed = PublishForm.from_request(confirm_by=usual_day_to_confirm(fair))
    if not typed.validate_posted():
        return _page(fair, typed)
    try:
        published = publish_decisions(
            session,
            signed_in_actor(),
            fair,
            confirm_by=typed.moment,
            base_url=_base_url(),
            application_ids=typed.seen_ids,
            hold_letters=typed.hold_letters.data,
        )
    except Refused as refusal:
        session.rollback()
        typed.fault("confirm_by", refusal_words(refusal))
        return _page(fair, typed)
    session.commit()
    if published:
        words = ngettext("%(num)s unit is being written to.", "%(num)s units are being written to.", len(published))
        flash(_("Published.") + " " + words, "ok")
    else:
        flash(_("Nothing was waiting: it had been published already."), "info")
    return redirect(url_for("outbox.letters", slug=slug), 303)


def _page(fair: Fair, typed: PublishForm) -> ResponseReturnValue:
    session = current_session()
    filters = asked_filters(fair)
    chosen = numbers_within(session, fair, filters) if _narrows(filters) else None
    staged, rebooked = staged_decisions(session, fair, chosen), newly_booked(session, fair, chosen)
    everyone = [*staged, *rebooked]
    ids = [application.id for application in everyone]
    typed.seen.data = ",".join(map(str, ids))
    page = render_template(
        "exhibitors/allocation/publish_decisions/form.html",
        fair=fair,
        form=typed,
        staged=staged,
        rebooked=rebooked,
        quotas=quota_counts(session, fair),
        quota_words=quota_words,
        budget=budget_of(session, fair, [one.id for one in staged if not one.answered_since]),
        capacity=(booths_needed(session, going(session, fair, staged)), count_open_booths(session, fair)),
        held=booths_held_by(session, ids),
        waiting=len(staged_decisions(session, fair)) if chosen is not None else len(staged),
        narrowed=chosen is not None,
        kept=kept_address(),
        decisions=DECISIONS,
        counts={decision: sum(application.decision is decision for application in staged) for decision in Decision},
        workbench=workbench_of(session, signed_in_actor(), fair),
    )
    return page, 422 if typed.errors else 200


def _narrows(filters: QueueFilters) -> bool:
    """Whether the address asks for some alone; the view of what is staged is all that could go out anyway."""
    return filters.narrows or filters.state not in {"all", "staged"}


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
