"""Audience: producers. What is sold out at one's booth today (/applications/…/sold-out)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.applications.booth_application import find_application
from exhibitors.applications.permissions import may_change_application
from exhibitors.fair_days import wording  # noqa: F401 - registers its sentences
from exhibitors.fair_days.say_sold_out import say_sold_out, sold_out_today, why_not_selling
from exhibitors.fair_days.say_sold_out_form import SoldOutForm
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("say_sold_out", __name__, audience=Audience.PRODUCER, url_prefix="/applications")


@pages.page("/<code>/sold-out", may=may_change_application, methods=("GET", "POST"))
def say(code: str) -> ResponseReturnValue:
    """Tick what is gone; visitors see it until the day ends."""
    session, actor = current_session(), signed_in_actor()
    application = found(find_application(session, code))
    demand(application)
    form = SoldOutForm.from_request(products=sorted(sold_out_today(session, application)))
    goods = [good.product for good in application.goods]
    form.products.choices = [(product.id, product.name.local(current_language())) for product in goods]
    if form.validate_posted():
        try:
            say_sold_out(session, actor, application, form.products.data)
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved. Visitors see it at once."), "ok")
            return redirect(url_for("say_sold_out.say", code=code), 303)
    application = found(find_application(session, code))
    closed = why_not_selling(application)
    page = render_template(
        "exhibitors/fair_days/say_sold_out/say.html",
        application=application,
        form=form,
        closed=refusal_words(closed) if closed else "",
    )
    return page, 422 if form.errors or form.form_errors else 200
