"""The producer's own page: facts, products, applications, open calls and what is missing."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exhibitors.applications.my_unit import my_unit
from exhibitors.applications.unit_tasks import certificate_state
from exhibitors.applications.wording import APPLICATION_STATES
from exhibitors.producers.dossier.wording import PAPER_KINDS
from exhibitors.producers.permissions import may_change_producer, may_see_own_unit
from exhibitors.producers.phone import display_phone
from exhibitors.producers.producer import own_producer
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation.audience import Audience, Pages, demand, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal_words import refusal_words

pages = Pages("my_unit", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)


@pages.page("/producer", may=may_see_own_unit)
def overview() -> ResponseReturnValue:
    """The unit of the signed-in person, or the way to register one."""
    session, actor = current_session(), signed_in_actor()
    producer = own_producer(session, actor)
    demand(producer)
    if producer is None:
        return redirect(url_for("register_producer.register"), 303)
    return render_template(
        "exhibitors/applications/my_unit/overview.html",
        unit=my_unit(session, producer.id),
        may_change=may_change_producer(actor, producer),
        kinds=PRODUCER_KINDS,
        paper_kinds=PAPER_KINDS,
        refusal_words=refusal_words,
        states=APPLICATION_STATES,
        certificate_state=certificate_state,
        tax_code=producer.shown_tax_code,
        phone=display_phone(producer.contact_phone),
    )
