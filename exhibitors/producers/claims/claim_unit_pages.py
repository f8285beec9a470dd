"""Audience: signed-in people. Find one's unit in the register and claim it (/producer/claim)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.current_actor import current_person
from accounts.link_doors import base_url
from exhibitors.producers.claims import wording  # noqa: F401 - registers its sentences
from exhibitors.producers.claims.claim_unit import ask_for_unit, claim_by_code
from exhibitors.producers.claims.claim_unit_form import AskForm, CodeForm
from exhibitors.producers.claims.find_unit import units_nobody_keeps
from exhibitors.producers.claims.unit_claim import claims_of
from exhibitors.producers.producer import Producer, find_producer
from foundation.audience import Audience, Pages, audience_suffices, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse, visitor_network
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("claim_unit", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer/claim")
FOLDER = "exhibitors/producers/claims/claim_unit"
TRIES = "10 per hour"
"""Codes that a person or a network may try."""


@pages.page("", may=audience_suffices)
def find() -> ResponseReturnValue:
    """Search the register, type a code, see what became of one's claims."""
    return _find_page(CodeForm())


@pages.page("/code", may=audience_suffices, methods=("POST",))
def by_code() -> ResponseReturnValue:
    """The code from a letter."""
    session, actor = current_session(), signed_in_actor()
    form: CodeForm = CodeForm.from_request()
    if form.validate_posted():
        count_or_refuse(TRIES, "claim-code", str(actor.user_id))
        count_or_refuse(TRIES, "claim-code", visitor_network())
        try:
            producer = claim_by_code(session, actor, current_person(), form.code.data or "")
        except Refused as refusal:
            session.rollback()
            form.fault("code", refusal_words(refusal))
        else:
            session.commit()
            flash(_("%(unit)s is yours to keep now.", unit=producer.name.local(current_language())), "ok")
            return redirect(url_for("my_unit.overview"), 303)
    return _find_page(form)


@pages.page("/ask", may=audience_suffices, methods=("GET", "POST"))
def ask() -> ResponseReturnValue:
    """Ask for a unit that was found; `?unit=` says which."""
    session, actor = current_session(), signed_in_actor()
    form: AskForm = AskForm.from_request(unit=request.args.get("unit", "")[:120])
    producer = _unkept_unit(form.unit.data or "")
    if form.validate_posted():
        try:
            ask_for_unit(session, actor, current_person(), producer, form.words.data or "", base_url=base_url())
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
        else:
            session.commit()
            flash(_("An officer looks at it. You get a letter with the answer."), "ok")
            return redirect(url_for(".find"), 303)
    page = render_template(f"{FOLDER}/ask.html", form=form, producer=producer)
    return page, 422 if form.errors else 200


def _unkept_unit(slug: str) -> Producer:
    return found(find_producer(current_session(), slug))


def _find_page(form: CodeForm) -> ResponseReturnValue:
    session, query = current_session(), request.args.get("q", "").strip()[:100]
    page = render_template(
        f"{FOLDER}/find.html",
        form=form,
        query=query,
        units=units_nobody_keeps(session, query),
        claims=claims_of(session, signed_in_actor().user_id),
    )
    return page, 422 if form.errors else 200
