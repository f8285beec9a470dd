"""Audience: anyone. The draw of a fair and the files to compute its allocation again (/fairs/…/draw)."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_see_fair
from exhibitors.allocation.proposals.verify_draw import PublicDraw, public_draw
from exhibitors.allocation.proposals.wording import POLICIES
from foundation.audience import Audience, Pages, demand, found
from foundation.file_answers import JSON, file_answer
from foundation.flask_database import current_session

pages = Pages("verify_draw", __name__, audience=Audience.ANYONE)


@pages.page("/fairs/<slug>/draw", may=may_see_fair)
def show(slug: str) -> ResponseReturnValue:
    """The commitment; with the results the seed, the files and the command that reproduces them."""
    fair, known = _asked(slug)
    proposal = known.proposal
    return render_template(
        "exhibitors/allocation/proposals/draw.html",
        fair=fair,
        draw=known.draw,
        is_in_time=known.is_in_time,
        proposal=proposal,
        policy=POLICIES[proposal.policy] if proposal else None,  # type: ignore[index]  # a StrEnum is its value
        command=f".venv/bin/flask --app app allocation verify {slug}-instance.json {slug}-solution.json",
    )


@pages.page("/fairs/<slug>/draw/instance.json", may=may_see_fair)
def instance(slug: str) -> ResponseReturnValue:
    """The question without a name in it, word for word as it was computed."""
    fair, known = _asked(slug)
    return file_answer(found(known.proposal).question, JSON, f"{fair.slug}-instance.json")


@pages.page("/fairs/<slug>/draw/solution.json", may=may_see_fair)
def solution(slug: str) -> ResponseReturnValue:
    """The answer, word for word."""
    fair, known = _asked(slug)
    return file_answer(found(known.proposal).answer, JSON, f"{fair.slug}-solution.json")


def _asked(slug: str) -> tuple[Fair, PublicDraw]:
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    return fair, found(public_draw(session, fair))
