"""Everybody reads the rules of a fair, and the version an application accepted."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from events.fairs.fair import find_fair
from events.fairs.fair_rules import versions_of
from events.fairs.permissions import may_see_fair
from foundation.audience import Audience, Pages, demand, found
from foundation.flask_database import current_session

pages = Pages("read_rules", __name__, audience=Audience.ANYONE)


@pages.page("/fairs/<slug>/rules", may=may_see_fair)
def show(slug: str) -> ResponseReturnValue:
    """The rules in force, or the version asked for."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    versions = versions_of(session, fair)
    asked = request.args.get("version", "")
    wanted = next((one for one in versions if str(one.number) == asked), None) if asked else next(iter(versions), None)
    return render_template(
        "events/fairs/read_rules/show.html", fair=fair, rules=found(wanted), newest=versions[0].number
    )
