"""The organiser's desk of all fairs, and the dashboard of one."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.fair import Phase, find_fair
from events.fairs.permissions import may_create_fair, may_enter_desk, may_organise_fair, may_read_desk
from events.fairs.wording import ACT_WORDS, PHASES, REFUSALS
from events.fairs.workbench import workbench_of
from exhibitors.allocation.change_wording import change_words
from exhibitors.allocation.desk_today import desk_today
from exhibitors.allocation.fair_dashboard import dashboard_of
from exhibitors.allocation.fair_outcome import outcome_of
from exhibitors.allocation.organiser_desk import PER_PAGE, desk_page
from exhibitors.allocation.proposals.comments.plan_comment import unread_comments
from exhibitors.allocation.recent_changes import recent_changes
from exhibitors.applications.notes.note_mention import unread_mentions
from exhibitors.applications.scoring.review_list import fairs_to_score
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page

pages = Pages("organiser_desk", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/organiser_desk"


@pages.page("", may=audience_suffices)
def desk() -> ResponseReturnValue:
    """All fairs of the person's organisations; the question itself looks at no others."""
    session, actor = current_session(), signed_in_actor()
    page = desk_page(session, actor, asked_page())
    return render_template(
        f"{FOLDER}/desk.html",
        page=Paging.of(page, PER_PAGE),
        today_board=desk_today(session, actor) if page.number == 1 and page.total else None,
        phases=PHASES,
        change_words=change_words,
        to_score=fairs_to_score(session, actor),
        mentions=unread_mentions(session, actor),
        comments=unread_comments(session, actor),
        may_create=any(may_create_fair(actor, body) for body in actor.organiser_roles) or actor.is_admin,
    )


@pages.page("/fairs/<slug>", may=may_enter_desk)
def fair(slug: str) -> ResponseReturnValue:
    """One fair at a glance."""
    session, actor = current_session(), signed_in_actor()
    shown = found(find_fair(session, slug))
    demand(shown)
    reads_all = may_read_desk(actor, shown)
    return render_template(
        f"{FOLDER}/fair.html",
        fair=shown,
        changes=recent_changes(session, [shown.id], 6, hidden=actor.stands_aside) if reads_all else [],
        change_words=change_words,
        board=dashboard_of(session, shown),
        outcome=outcome_of(session, shown) if shown.phase() is Phase.OVER else [],
        phases=PHASES,
        acts=ACT_WORDS,
        refusals=REFUSALS,
        now=clock.now(),
        may_act=may_organise_fair(actor, shown),
        may_read_all=reads_all,
        workbench=workbench_of(session, actor, shown),
    )
