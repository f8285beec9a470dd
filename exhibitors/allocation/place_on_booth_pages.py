"""Audience: organisers. The allocation board and each booth on its own page (/organise/fairs/…/booths)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.permissions import Act
from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_enter_desk, may_read_desk, zones_open_to
from events.fairs.workbench import workbench_of
from exhibitors.allocation.allocation_board import (
    board_plans,
    waiting_rows,
)
from exhibitors.allocation.asked_booth import asked_booth, booth_of, chosen_row, row_of, rows_of, standing_on
from exhibitors.allocation.board_revision import board_revision
from exhibitors.allocation.booth_assignment import BoothAssignment, assignments_of, holders_of
from exhibitors.allocation.booth_screen import BESIDE, FOLDER, booth_page, do_on_board, meant, overtaken, price_of_move
from exhibitors.allocation.hand_move import can_be_done_again, keep_hand_move, last_done
from exhibitors.allocation.permissions import may_place, may_propose, may_publish_decisions, may_see_booth
from exhibitors.allocation.place_on_booth import (
    move_to_booth,
    place_on_booth,
    share_booth,
    swap_booths,
    vacate_booth,
)
from exhibitors.allocation.place_on_booth_form import PlaceForm, VacateForm
from exhibitors.allocation.proposals.explain_place import explained_place
from exhibitors.allocation.proposals.reason_wording import reason_words
from exhibitors.allocation.publish_decisions import count_open_booths, newly_booked, staged_decisions
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_read_application
from exhibitors.applications.review.who_reviews import note_try
from exhibitors.applications.screening_wording import DECISIONS
from exhibitors.applications.wording import APPLICATION_STATES
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("place_on_booth", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
COLOURS = ("status", "group", "loc")


@pages.page("/fairs/<slug>/booths", may=may_enter_desk)
def board(slug: str) -> ResponseReturnValue:
    """Plan and list; with an application chosen every free booth leads to putting it there."""
    session, actor, fair = current_session(), signed_in_actor(), found(find_fair(current_session(), slug))
    demand(fair)
    rows = rows_of(fair)
    plans = board_plans(session, fair, zones_open_to(actor, Act.READ_DESK, fair), actor.stands_aside)
    chosen = chosen_row(fair)
    code_of_chosen = chosen.application.code if chosen else None
    standings = [standing for shown in plans for standing in shown.standings]
    codes = [standing.booth.code for standing in standings]
    colour = request.args.get("by", "status")
    return render_template(
        f"{FOLDER}/board.html",
        fair=fair,
        workbench=workbench_of(session, actor, fair),
        rows=rows,
        waiting=[row for row in waiting_rows(session, fair) if may_read_application(actor, fair, row.application)],
        plans=plans,
        chosen=chosen,
        hrefs={code: url_for(".booth", slug=slug, code=code, application=code_of_chosen) for code in codes},
        holders={one.booth.code: one.application_code for one in standings if one.can_be_dragged},
        colour=colour if colour in COLOURS else "status",
        open_booths=count_open_booths(session, fair),
        to_publish=_count_to_publish(fair),
        states=APPLICATION_STATES,
        decisions=DECISIONS,
        may_act=may_place(actor, fair),
        revision=board_revision(session, fair).number,
        may_undo=last_done(session, actor, fair) is not None,
        may_redo=can_be_done_again(session, actor, fair),
        may_read_all=may_read_desk(actor, fair),
        may_publish=may_publish_decisions(actor, fair),
        may_pin=may_propose(actor, fair),
        pinned=any(one.is_locked for one in assignments_of(session, chosen.application.id)) if chosen else False,
        explained=explained_place(session, chosen.application) if chosen else None,
        reason_words=reason_words,
    )


@pages.page("/fairs/<slug>/booths/<code>", may=may_see_booth)
def booth(slug: str, code: str) -> ResponseReturnValue:
    """One booth: who stands there, and what can be done."""
    fair, shown = asked_booth(slug, code)
    return booth_page(fair, shown, chosen_row(fair))


@pages.page("/fairs/<slug>/booths/<code>/place", may=may_place, methods=("POST",))
def place(slug: str, code: str) -> ResponseReturnValue:
    """Put the application here, or move it here from another of its booths."""
    session, actor, form = current_session(), signed_in_actor(), PlaceForm.from_request()
    fair, target = asked_booth(slug, code)
    row = row_of(fair, form.application.data or "") if form.validate_posted() else None
    if row is None:
        return booth_page(fair, target, None, form=form, status=422)
    if form.instead_of.data:
        left = standing_on(row, form.instead_of.data)
        if left is None:
            return overtaken(fair, target, row, row.application, form.instead_of.data)
        demand(fair, target, left.booth)
        said = price_of_move(fair, row, target, left.booth.code)
        return do_on_board(
            fair, code, row, said, lambda: move_to_booth(session, actor, left, target, reason=form.reason.data or "")
        )
    said = price_of_move(fair, row, target, "")
    return do_on_board(fair, code, row, said, lambda: place_on_booth(session, actor, row.application, target))


@pages.page("/fairs/<slug>/booths/<code>/swap", may=may_place, methods=("POST",))
def swap(slug: str, code: str) -> ResponseReturnValue:
    """Let the application and the booth's holder change places."""
    session, actor, form = current_session(), signed_in_actor(), PlaceForm.from_request()
    fair, target = asked_booth(slug, code)
    row = row_of(fair, form.application.data or "") if form.validate_posted() else None
    holders = holders_of(session, target.id)
    holder = meant(form, holders)
    if row is None or not holders or _is_hidden(holder):
        return booth_page(fair, target, row, form=form, status=422)
    own = standing_on(row, form.instead_of.data or "")
    if own is None:
        return overtaken(fair, target, row, row.application, form.instead_of.data or "")
    if holder is None:
        return overtaken(fair, target, row, None, target.code)
    demand(fair, target, own.booth)
    said = price_of_move(fair, row, target, own.booth.code)
    swapped = (holder.application,)
    return do_on_board(
        fair,
        code,
        row,
        said,
        lambda: swap_booths(session, actor, own, holder, reason=form.reason.data or ""),
        others=swapped,
    )


@pages.page("/fairs/<slug>/booths/<code>/share", may=may_place, methods=("POST",))
def share(slug: str, code: str) -> ResponseReturnValue:
    """Put the application beside the booth's holder, whom the page has to name: nobody shares by accident."""
    session, actor, form = current_session(), signed_in_actor(), PlaceForm.from_request()
    fair, target = asked_booth(slug, code)
    row = row_of(fair, form.application.data or "") if form.validate_posted() else None
    holders = holders_of(session, target.id)
    holder = meant(form, holders) if form.holder.data else None
    if row is None or not form.holder.data or _is_hidden(holder):
        return booth_page(fair, target, row, form=form, status=422)
    if holder is None:
        return overtaken(fair, target, row, None, target.code)
    said, reason = price_of_move(fair, row, target, BESIDE), form.reason.data or ""
    return do_on_board(
        fair, code, row, said, lambda: share_booth(session, actor, row.application, holder, reason=reason)
    )


@pages.page("/fairs/<slug>/booths/<code>/vacate", may=may_place, methods=("POST",))
def vacate(slug: str, code: str) -> ResponseReturnValue:
    """Take the holder off the booth."""
    session, form = current_session(), VacateForm.from_request()
    fair, target = asked_booth(slug, code)
    holders = holders_of(session, target.id)
    holder = meant(form, holders)
    if not holders or _is_hidden(holder):
        return redirect(url_for(".booth", slug=slug, code=code), 303)
    if not form.validate_posted():
        return booth_page(fair, target, None, vacate_form=form, status=422)
    if holder is None:
        return overtaken(fair, target, None, None, code)
    try:
        actor, reason = signed_in_actor(), form.reason.data or ""
        keep_hand_move(
            session, actor, fair, [holder.application], lambda: vacate_booth(session, actor, holder, reason=reason)
        )
    except Refused as refusal:
        session.rollback()
        note_try(session, signed_in_actor(), refusal)
        form.fault("reason", refusal_words(refusal))
        return booth_page(fair, booth_of(fair, code), None, vacate_form=form, status=422)
    session.commit()
    if len(holders) > 1:
        name = next(one for one in holders if one is not holder).application
        flash(_("Booth %(code)s is %(producer)s's alone now.", code=code, producer=_name_of(name)), "ok")
    else:
        flash(_("Booth %(code)s is free again.", code=code), "ok")
    return redirect(url_for(".board", slug=slug, application=holder.application.code), 303)


def _is_hidden(holder: BoothAssignment | None) -> bool:
    return holder is not None and holder.application_id in signed_in_actor().stands_aside


def _name_of(application: BoothApplication) -> str:
    """The unit, without its name for whoever stands aside from it."""
    hidden = application.id in signed_in_actor().stands_aside
    return _("A unit from which you stand aside") if hidden else application.producer.name_vi


def _count_to_publish(fair: Fair) -> int:
    session = current_session()
    if not may_read_desk(signed_in_actor(), fair):
        return 0
    return len(staged_decisions(session, fair)) + len(newly_booked(session, fair))
