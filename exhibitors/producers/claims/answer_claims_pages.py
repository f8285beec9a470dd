"""Audience: organisers who keep the register. Answer claims, give codes out on paper (/organise/register/claims)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.link_doors import base_url
from exhibitors.producers.claims import wording  # noqa: F401 - registers its sentences
from exhibitors.producers.claims.claim_unit import grant_claim, make_claim_code, refuse_claim
from exhibitors.producers.claims.claim_unit_form import AnswerForm
from exhibitors.producers.claims.unit_claim import CODE_LIFE, UnitClaim, answered_claims, open_claims, spaced
from exhibitors.producers.phone import display_phone
from exhibitors.producers.producer import find_producer
from exhibitors.producers.register.register_import import may_keep_register
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("answer_claims", __name__, audience=Audience.ORGANISER, url_prefix="/organise/register")
FOLDER = "exhibitors/producers/claims/answer_claims"


@pages.page("/claims", may=may_keep_register, methods=("GET", "POST"))
def claims() -> ResponseReturnValue:
    """All that wait, each with its form; the ones answered last below."""
    session, actor = current_session(), signed_in_actor()
    demand()
    form: AnswerForm = AnswerForm.from_request()
    if form.validate_posted():
        claim = found(_asked_claim(form.claim.data or ""))
        try:
            if form.outcome.data == "grant":
                grant_claim(session, actor, claim, base_url=base_url())
            else:
                refuse_claim(session, actor, claim, form.reason.data or "", base_url=base_url())
        except Refused as refusal:
            session.rollback()
            form.fault("reason" if refusal.reason == "claim_reason_missing" else "outcome", refusal_words(refusal))
        else:
            session.commit()
            flash(_("The person is told by letter."), "ok")
            return redirect(url_for(".claims"), 303)
    page = render_template(
        f"{FOLDER}/claims.html",
        claims=open_claims(session),
        answered=answered_claims(session),
        shown_phone=display_phone,
        refused_form=form if form.errors else None,
        form_for=lambda claim: AnswerForm(claim=str(claim.id)),
    )
    return page, 422 if form.errors else 200


@pages.page("/code", may=may_keep_register, methods=("POST",))
def code() -> ResponseReturnValue:
    """A new code for one unit, shown this once as a letter to print."""
    session, actor = current_session(), signed_in_actor()
    demand()
    producer = found(find_producer(session, request.form.get("unit", "")[:120]))
    try:
        made = make_claim_code(session, actor, producer)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
        return redirect(url_for("browse_register.units"), 303)
    session.commit()
    return render_template(
        f"{FOLDER}/code.html",
        producer=producer,
        code=spaced(made),
        until=clock.now() + CODE_LIFE,
        address=f"{base_url()}{url_for('claim_unit.find')}",
    )


def _asked_claim(number: str) -> UnitClaim | None:
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    return current_session().get(UnitClaim, int(number)) if is_number else None
