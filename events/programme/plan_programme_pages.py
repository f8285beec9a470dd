"""Audience: organisers. The programme of a fair (/organise/fairs/<slug>/programme)."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair, may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.programme.plan_programme import add_item, change_item, remove_item
from events.programme.plan_programme_form import ItemForm, values_of_item
from events.programme.programme_item import ProgrammeItem, find_item, items_of
from events.programme.wording import ITEM_KINDS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("plan_programme", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
pages.app_context_processor(lambda: {"programme_kinds": ITEM_KINDS})
FOLDER = "events/programme/plan_programme"


@pages.page("/fairs/<slug>/programme", may=may_read_desk)
def items(slug: str) -> ResponseReturnValue:
    """The whole programme, day by day."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    return render_template(
        f"{FOLDER}/items.html",
        fair=fair,
        days=[(day, list(found_items)) for day, found_items in groupby(items_of(session, fair), lambda one: one.day)],
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/programme/new", may=may_organise_fair, methods=("GET", "POST"))
def new(slug: str) -> ResponseReturnValue:
    """Enter an item."""
    return _edit(_fair(slug), None)


@pages.page("/fairs/<slug>/programme/<int:item_id>", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str, item_id: int) -> ResponseReturnValue:
    """Change or cancel an item."""
    fair = _fair(slug)
    return _edit(fair, _item(fair, item_id))


@pages.page("/fairs/<slug>/programme/<int:item_id>/remove", may=may_organise_fair, methods=("GET", "POST"))
def remove(slug: str, item_id: int) -> ResponseReturnValue:
    """Confirm, then take an item out."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    item = _item(fair, item_id)
    if request.method == "POST":
        remove_item(session, actor, item)
        session.commit()
        flash(_("Removed."), "ok")
        return redirect(url_for(".items", slug=slug), 303)
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="details",
        fair=fair,
        title=_("Remove %(name)s?", name=item.title_vi),
        text=_("It leaves the page and the calendars without a word. Cancel it instead if visitors know of it."),
        action=_("Remove the item"),
        post_url=url_for(".remove", slug=slug, item_id=item_id),
        back_url=url_for(".edit", slug=slug, item_id=item_id),
        danger=True,
        workbench=workbench_of(session, actor, fair),
    )


def _edit(fair: Fair, item: ProgrammeItem | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form: ItemForm = ItemForm.from_request(**values_of_item(item, fair))
    if request.method == "POST" and form.holds_for(fair):
        try:
            if item is None:
                add_item(session, actor, fair, **form.facts())
            else:
                change_item(session, actor, item, form.seen_version(), **form.facts())
        except Refused as refusal:
            session.rollback()
            by = last_change(session, fair, item)
            if item is None or not form.is_overtaken(refusal, values_of_item(item, fair), by):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved. The public page and the calendars say it now."), "ok")
            return redirect(url_for(".items", slug=fair.slug), 303)
    page = render_template(
        f"{FOLDER}/item.html", fair=fair, shown=item, form=form, workbench=workbench_of(session, actor, fair)
    )
    return page, 422 if form.errors else 200


def _item(fair: Fair, item_id: int) -> ProgrammeItem:
    return found_or_told(
        find_item(current_session(), fair, item_id),
        fair,
        ProgrammeItem,
        item_id,
        what=_("The item of the programme"),
        back_url=url_for(".items", slug=fair.slug),
        step="details",
        form=lambda: ItemForm.from_request(**values_of_item(None, fair)),
        anew_url=url_for(".new", slug=fair.slug),
    )


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
