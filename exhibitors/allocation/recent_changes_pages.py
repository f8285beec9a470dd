"""Audience: organisers. Everything that was done at one fair, or at all current fairs, latest first."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.fair import find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.allocation.change_wording import change_words
from exhibitors.allocation.desk_today import current_fairs
from exhibitors.allocation.recent_changes import PER_PAGE, changes_page
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page

pages = Pages("recent_changes", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
TEMPLATE = "exhibitors/allocation/recent_changes/changes.html"


@pages.page("/changes", may=audience_suffices)
def everywhere() -> ResponseReturnValue:
    """At all fairs that are not over; the question itself looks at no others."""
    session = current_session()
    fairs = current_fairs(session, signed_in_actor())
    page = changes_page(session, fairs, asked_page())
    return render_template(TEMPLATE, page=Paging.of(page, PER_PAGE), fairs=fairs, change_words=change_words)


@pages.page("/fairs/<slug>/changes", may=may_read_desk)
def at_fair(slug: str) -> ResponseReturnValue:
    """At one fair, from the first to the last."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    page = changes_page(session, [fair.id], asked_page())
    return render_template(
        TEMPLATE,
        fair=fair,
        page=Paging.of(page, PER_PAGE),
        fairs={fair.id: fair},
        change_words=change_words,
        workbench=workbench_of(session, actor, fair),
    )
