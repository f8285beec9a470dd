"""The organiser's desk of all fairs, and the dashboard of one."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.fair import find_fair
from events.fairs.permissions import may_enter_desk, may_organise_fair, may_read_desk
from events.fairs.wording import ACT_WORDS, PHASES, REFUSALS
from events.fairs.workbench import workbench_of
from exhibitors.allocation.fair_dashboard import dashboard_of
from exhibitors.allocation.organiser_desk import PER_PAGE, desk_page
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page

pages = Pages("organiser_desk", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/organiser_desk"


@pages.page("", may=audience_suffices)
def desk() -> ResponseReturnValue:
    """All fairs of the person's organisations; the question itself looks at no others."""
    page = desk_page(current_session(), signed_in_actor(), asked_page())
    return render_template(f"{FOLDER}/desk.html", page=Paging.of(page, PER_PAGE), phases=PHASES)


@pages.page("/fairs/<slug>", may=may_enter_desk)
def fair(slug: str) -> ResponseReturnValue:
    """One fair at a glance."""
    session, actor = current_session(), signed_in_actor()
    shown = found(find_fair(session, slug))
    demand(shown)
    return render_template(
        f"{FOLDER}/fair.html",
        fair=shown,
        board=dashboard_of(session, shown),
        phases=PHASES,
        acts=ACT_WORDS,
        refusals=REFUSALS,
        now=clock.now(),
        may_act=may_organise_fair(actor, shown),
        may_read_all=may_read_desk(actor, shown),
        workbench=workbench_of(session, actor, shown),
    )
