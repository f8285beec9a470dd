"""Audience: organisers. The types of booth a fair offers (/organise/fairs/<slug>/booth-types)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair, may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.booth_type import BoothType, booth_types_of, find_booth_type
from events.floor_plans.set_up_booth_types import (
    add_booth_type,
    add_usual_types,
    change_booth_type,
    remove_booth_type,
)
from events.floor_plans.set_up_booth_types_form import BoothTypeForm, values_of_type
from events.floor_plans.wording import BOOTH_TYPE_KINDS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("set_up_booth_types", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "events/floor_plans/set_up_booth_types"


@pages.page("/fairs/<slug>/booth-types", may=may_read_desk)
def types(slug: str) -> ResponseReturnValue:
    """All types with what a producer pays."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    return render_template(
        f"{FOLDER}/types.html",
        fair=fair,
        types=booth_types_of(session, fair),
        kinds=BOOTH_TYPE_KINDS,
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/booth-types/usual", may=may_organise_fair, methods=("POST",))
def usual(slug: str) -> ResponseReturnValue:
    """Begin with the types of most fairs."""
    fair = _fair(slug)
    add_usual_types(current_session(), signed_in_actor(), fair)
    current_session().commit()
    flash(_("The usual types are in the list. Enter their prices and the support."), "ok")
    return redirect(url_for(".types", slug=slug), 303)


@pages.page("/fairs/<slug>/booth-types/new", may=may_organise_fair, methods=("GET", "POST"))
def new(slug: str) -> ResponseReturnValue:
    """Enter a type."""
    fair = _fair(slug)
    return _edit(fair, None)


@pages.page("/fairs/<slug>/booth-types/<int:type_id>", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str, type_id: int) -> ResponseReturnValue:
    """Change a type."""
    fair = _fair(slug)
    return _edit(fair, _type(fair, type_id))


@pages.page("/fairs/<slug>/booth-types/<int:type_id>/remove", may=may_organise_fair, methods=("GET", "POST"))
def remove(slug: str, type_id: int) -> ResponseReturnValue:
    """Confirm, then take a type off the list."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    booth_type = _type(fair, type_id)
    if request.method == "POST":
        try:
            remove_booth_type(session, actor, booth_type)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
        else:
            session.commit()
            flash(_("Removed."), "ok")
        return redirect(url_for(".types", slug=slug), 303)
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="call",
        fair=fair,
        title=_("Remove %(name)s?", name=booth_type.name_vi),
        text=_("Producers can no longer ask for it."),
        action=_("Remove the type"),
        post_url=url_for(".remove", slug=slug, type_id=type_id),
        back_url=url_for(".edit", slug=slug, type_id=type_id),
        danger=True,
        workbench=workbench_of(session, actor, fair),
    )


def _edit(fair: Fair, booth_type: BoothType | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form: BoothTypeForm = BoothTypeForm.from_request(**values_of_type(booth_type))
    if form.validate_posted():
        try:
            if booth_type is None:
                _made_once(session, fair, form)
            else:
                change_booth_type(session, actor, booth_type, form.seen_version(), **form.facts())
        except Refused as refusal:
            session.rollback()
            by = last_change(session, fair, booth_type)
            if booth_type is None or not form.is_overtaken(refusal, values_of_type(booth_type), by):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".types", slug=fair.slug), 303)
    page = render_template(
        f"{FOLDER}/type.html", fair=fair, booth_type=booth_type, form=form, workbench=workbench_of(session, actor, fair)
    )
    return page, 422 if form.errors else 200


def _made_once(session: Session, fair: Fair, form: BoothTypeForm) -> BoothType:
    """A new type; when this copy of the form has made it already, that type with what stands in the form now.

    Under another name it is another type: people go back to enter the next one from what they typed.
    """
    actor, facts = signed_in_actor(), form.facts()

    def add() -> BoothType:
        return add_booth_type(session, actor, fair, **facts)

    booth_type, is_new = make_once(session, actor, form.once.data or "", BoothType, add)
    if is_new:
        return booth_type
    if booth_type.fair_id != fair.id or booth_type.name_vi != form.name_vi.data:
        return add()
    return change_booth_type(session, actor, booth_type, **facts)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _type(fair: Fair, type_id: int) -> BoothType:
    return found_or_told(
        find_booth_type(current_session(), fair, type_id),
        fair,
        BoothType,
        type_id,
        what=_("The booth type"),
        back_url=url_for(".types", slug=fair.slug),
        form=BoothTypeForm.from_request,
        anew_url=url_for(".new", slug=fair.slug),
    )
