"""A producer fills in, reviews, sends and withdraws the application for one fair."""

from __future__ import annotations

from functools import partial

from flask import Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair_rules import rules_in_force
from exhibitors.applications.application_desk import (
    Desk,
    desk_at,
    effect_of_withdrawing,
    page_after_change,
    page_after_form,
    place_to_mend,
)
from exhibitors.applications.application_sheet import ApplicationSheet, application_sheet
from exhibitors.applications.apply_again import facts_to_begin_with
from exhibitors.applications.apply_for_booth import (
    SentChangeRefused,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from exhibitors.applications.before_sending import is_late_now, objections_to_sending
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.drawn_plan import booths_to_wish
from exhibitors.applications.fill_in_application_form import (
    FIELD_OF,
    PLACE_OF,
    ApplicationForm,
)
from exhibitors.applications.open_to_change import change_ends_at
from exhibitors.applications.page_of_ended import ENDED_WHILE_TYPING, refuse_page_of_ended
from exhibitors.applications.permissions import may_change_application, may_fill_in
from exhibitors.applications.send_application_form import RulesForm, WithdrawForm
from exhibitors.applications.wording import REFUSALS, VEHICLES
from exhibitors.applications.words_not_kept_form import begin_other_parts, differs_from_kept, not_kept_of_form
from exhibitors.calls.open_calls import next_call
from exhibitors.calls.wording import NEEDS
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.days import format_clock
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import file_url

pages = Pages("fill_in_application", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)
FOLDER = "exhibitors/applications/fill_in_application"


@pages.page("/apply/<slug>", may=may_fill_in, methods=("GET", "POST"))
def form(slug: str) -> ResponseReturnValue:
    """The form; a first save starts the draft. Whoever has no unit registers one first and comes back."""
    # What was sent and can be changed no longer is met here too when somebody was typing: nothing typed is lost.
    desk = desk_at(slug, changes_sent=True, was_changing=request.method == "POST")
    if isinstance(desk, Response):
        return desk
    sheet = application_sheet(current_session(), desk.fair, desk.producer, desk.application)
    typed = _form(sheet)
    if request.method != "POST":
        return _show(desk, sheet, typed)
    is_fine = typed.validate_posted()
    kept = _kept(sheet)
    if desk.is_closed and request.form.get("action") != "change" and is_fine and not differs_from_kept(typed, kept):
        return redirect(url_for("application_status.show", code=kept.made_from.data), 303)
    refused = _save(desk, typed) if is_fine else "typed"
    if refused:
        return _show(desk, sheet, typed, refused)
    if desk.is_closed and desk.application is not None:
        flash(_("Your changes are saved. The organiser has them."), "ok")
        return redirect(page_after_change(desk.application), 303)
    ways_on = {"send": page_after_form(slug), "product": url_for("register_producer.new_product", fair=slug)}
    way_on = ways_on.get(request.form.get("action", ""))
    if way_on is None:
        flash(_("The draft is saved. You can go on later, on any device."), "ok")
    return redirect(way_on or url_for(".form", slug=slug), 303)


@pages.page("/apply/<slug>/autosave", may=may_fill_in, methods=("POST",))
def autosave(slug: str) -> ResponseReturnValue:
    """The same save for the script: the time and the new version, or which field is wrong."""
    desk = desk_at(slug)
    if isinstance(desk, Response):
        return jsonify(reason="application_not_open"), 409
    typed = _form(application_sheet(current_session(), desk.fair, desk.producer, desk.application))
    refused = _save(desk, typed) if typed.validate_posted() else "typed"
    if refused:
        errors = {name or "": [str(text) for text in texts] for name, texts in typed.errors.items()}
        words = {"words": " ".join(map(str, typed.form_errors))} if refused in ENDED_WHILE_TYPING else {}
        return jsonify(errors=errors, **words), 409 if typed.form_errors else 422
    fields = {"version": typed.version.data, "made_from": typed.made_from.data}
    return jsonify(saved_at=format_clock(clock.now()), fields=fields)


@pages.page("/apply/<slug>/review", may=may_fill_in, methods=("GET", "POST"))
def review(slug: str) -> ResponseReturnValue:
    """Read it once more, accept the rules, send; sent twice it lands on the same receipt."""
    desk = desk_at(slug)
    if isinstance(desk, Response):
        return desk
    if desk.application is None:
        return redirect(url_for(".form", slug=slug), 303)
    text = rules_in_force(current_session(), desk.fair)
    number = str(text.number if text else 0)
    rules: RulesForm = RulesForm.from_request(version=desk.application.version, rules_number=number)
    if rules.validate_posted() and _send(desk.application, rules):
        return redirect(url_for("application_status.show", code=desk.application.code), 303)
    sheet = application_sheet(current_session(), desk.fair, desk.producer, desk.application)
    page = render_template(
        f"{FOLDER}/review.html",
        form=rules,
        rules=text,
        fair=desk.fair,
        sheet=sheet,
        missing=[
            (place_to_mend(desk, fault), refusal_words(fault))
            for fault in objections_to_sending(current_session(), desk.application)
        ],
        is_late=is_late_now(current_session(), desk.application),
        asked=sheet.asked,
        needs=NEEDS,
        vehicles=VEHICLES,
        file_url=file_url,
    )
    return page, 422 if rules.errors else 200


@pages.page("/applications/<code>/withdraw", may=may_change_application, methods=("GET", "POST"))
def withdraw(code: str) -> ResponseReturnValue:
    """Ask why, name the effect, then take it back."""
    session = current_session()
    application = found(find_application(session, code))
    demand(application)
    typed: WithdrawForm = WithdrawForm.from_request()
    if typed.validate_posted():
        try:
            withdraw_application(
                session, signed_in_actor(), application, reason=typed.reason.data or "", base_url=_base_url()
            )
        except Refused as refusal:
            session.rollback()
            typed.fault("reason", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Application %(code)s is withdrawn.", code=code), "ok")
            return redirect(url_for("application_status.show", code=code), 303)
    page = render_template(
        "foundation/confirm.html",
        title=_("Withdraw application %(code)s?", code=code),
        text=effect_of_withdrawing(application),
        post_url=url_for(".withdraw", code=code),
        action=_("Withdraw the application"),
        back_url=url_for("application_status.show", code=code),
        danger=True,
        form=typed,
    )
    return page, 422 if typed.errors else 200


def _form(sheet: ApplicationSheet) -> ApplicationForm:
    typed: ApplicationForm = ApplicationForm.from_request()
    own = {wish.booth_id for wish in sheet.application.wishes if wish.booth_id} if sheet.application else set()
    typed.offer(sheet.products, sheet.zones, sheet.venues, sheet.booth_types, held=sheet.held, own=own)
    if request.method != "POST":
        typed.invitation_code.process_data(request.args.get("code", "")[:40])
        if sheet.application is not None:
            typed.show(sheet.application)
        else:
            typed.begin(facts_to_begin_with(current_session(), sheet.fair, sheet.producer))
        typed.tick_product(request.args.get("product", ""))
        typed.products.process_data([product.id for product in sheet.brought(typed.products.data or ())])
    return typed


def _kept(sheet: ApplicationSheet) -> ApplicationForm:
    """What is kept now, in a form of its own beside the one that was typed."""
    kept = ApplicationForm()
    kept.offer(sheet.products, sheet.zones, sheet.venues, sheet.booth_types, held=sheet.held)
    if sheet.application is not None:
        kept.show(sheet.application)
    return kept


def _save(desk: Desk, typed: ApplicationForm) -> str:
    """Start the draft if there is none and save; a refusal stands at its field, its reason is answered."""
    session, actor = current_session(), signed_in_actor()
    try:
        refuse_page_of_ended(session, desk.producer, typed.made_from.data or "")
        version = None if desk.application is None else _number(typed.version.data)
        code = typed.invitation_code.data or ""
        application = desk.application or start_application(
            session, actor, desk.fair, desk.producer, invitation_code=code
        )
        save_application(session, actor, application, expected_version=version, **typed.facts())
    except Refused as refusal:
        session.rollback()
        _explain(typed, refusal)
        return refusal.reason
    session.commit()
    typed.carry("version", application.version)
    typed.carry("made_from", application.code)
    return ""


def _explain(typed: ApplicationForm, refusal: Refused) -> None:
    if isinstance(refusal, SentChangeRefused):
        for gap in refusal.each:
            _explain(typed, gap)
        return
    field = FIELD_OF.get(refusal.reason) or PLACE_OF.get(refusal.reason, "")
    field = "invitation_code" if refusal.reason.startswith("invitation") else field
    field = str(refusal.facts["field"]) if refusal.reason == "logistics_too_long" else field
    if field in typed:
        typed.fault(field, refusal_words(refusal))
    else:
        typed.form_errors.append(refusal_words(refusal))
    if "version" in refusal.facts:
        # Pressing save once more keeps what stands here: the last save wins, knowingly.
        typed.version.data = str(refusal.facts["version"])


def _show(desk: Desk, sheet: ApplicationSheet, typed: ApplicationForm, refused: str = "") -> ResponseReturnValue:
    """The page; where a save was `refused`, pressing save once more keeps what stands here, knowingly."""
    why_closed = desk.fair.why_no_application()
    if refused in ENDED_WHILE_TYPING:
        typed.carry("made_from", desk.application.code if desk.application else "")
        typed.carry("version", desk.application.version if desk.application else 0)
    if refused in ENDED_WHILE_TYPING and desk.application is None:
        begin_other_parts(typed, facts_to_begin_with(current_session(), desk.fair, desk.producer), request.form)
    not_kept = not_kept_of_form(typed, _kept(sheet), sheet, request.form) if refused else []
    page = render_template(
        f"{FOLDER}/form.html",
        form=typed,
        fair=desk.fair,
        sheet=sheet,
        why_closed=REFUSALS.get(why_closed) if why_closed else None,
        asked=sheet.asked,
        next_call=next_call(current_session(), desk.fair) if why_closed else None,
        why_not=[refusal_words(fault) for fault in sheet.unit_objections],
        drawn=partial(booths_to_wish, held=sheet.held),
        refusal_words=refusal_words,
        not_kept=not_kept,
        is_conflict=desk.application is not None and refused in {"draft_changed_elsewhere", *ENDED_WHILE_TYPING},
        begins_anew=desk.application is None and refused in ENDED_WHILE_TYPING,
        vehicles=VEHICLES,
        moment=clock.now(),
        change_ends_at=change_ends_at(current_session(), desk.application) if desk.application else None,
    )
    return page, 422 if typed.errors else 200


def _send(application: BoothApplication, rules: RulesForm) -> bool:
    session = current_session()
    try:
        submit_application(
            session,
            signed_in_actor(),
            application,
            rules_accepted=rules.rules_accepted.data,
            pledge_given=rules.pledge_given.data,
            consents=rules.consents(),
            rules_number=_number(rules.rules_number.data) if rules.rules_number.data else None,
            base_url=_base_url(),
            expected_version=_number(rules.version.data),
        )
    except Refused as refusal:
        session.rollback()
        if refusal.reason == "rules_changed":  # the page shows the new text; the tick is to be made anew
            rules.rules_accepted.data, rules.rules_accepted.raw_data = False, None
            in_force = rules_in_force(session, application.fair)
            rules.rules_number.data, rules.rules_number.raw_data = str(in_force.number if in_force else 0), None
        if refusal.reason in {"rules_not_accepted", "rules_changed"}:
            rules.fault("rules_accepted", refusal_words(refusal))
            if not rules.pledge_given.data:  # both ticks that lack are named at once
                rules.fault("pledge_given", refusal_words(Refused("pledge_not_given")))
        elif refusal.reason == "pledge_not_given":
            rules.fault("pledge_given", refusal_words(refusal))
        else:
            rules.form_errors.append(refusal_words(refusal))
        rules.version.data = str(refusal.facts.get("version", rules.version.data))
        return False
    session.commit()
    return True


def _number(typed: object) -> int:
    """The version a page was made from; 0, which no row has, when it does not say."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _base_url() -> str:
    return str(current_app.extensions["settings"].base_url)
