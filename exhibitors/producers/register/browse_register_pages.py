"""Audience: organisers who keep the register. Its units, who keeps them, which may be the same (/organise/register)."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from exhibitors.producers.register.browse_register import PER_PAGE, doubles, register_units
from exhibitors.producers.register.register_import import may_keep_register
from exhibitors.producers.register.wording import TRAITS
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation.audience import Audience, Pages, demand
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page

pages = Pages("browse_register", __name__, audience=Audience.ORGANISER, url_prefix="/organise/register")


@pages.page("/units", may=may_keep_register)
def units() -> ResponseReturnValue:
    """Every unit, found by its words; codes on paper are given out here."""
    demand()
    session, query = current_session(), request.args.get("q", "").strip()[:100]
    return render_template(
        "exhibitors/producers/register/browse_register/units.html",
        query=query,
        page=Paging.of(register_units(session, query, asked_page()), PER_PAGE),
        doubles=doubles(session) if not query else [],
        traits=TRAITS,
        kinds=PRODUCER_KINDS,
    )
