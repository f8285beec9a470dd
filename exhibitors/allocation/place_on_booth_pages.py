"""Audience: organisers. The allocation board and each booth on its own page (/organise/fairs/…/booths)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.permissions import Act
from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_enter_desk, may_read_desk, zones_open_to
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.allocation_board import (
    BoardRow,
    board_plans,
    find_row,
    waiting_rows,
)
from exhibitors.allocation.asked_booth import asked_booth, booth_of, chosen_row, row_of, rows_of, standing_on
from exhibitors.allocation.board_revision import board_revision
from exhibitors.allocation.booth_assignment import assignments_of, holder_of
from exhibitors.allocation.booth_states import WORDS_OF_PLAN
from exhibitors.allocation.hand_move import keep_hand_move, last_done, last_undone
from exhibitors.allocation.permissions import may_place, may_propose, may_publish_decisions, may_see_booth
from exhibitors.allocation.place_on_booth import (
    KNOWN_TO_HOLDER,
    move_to_booth,
    place_on_booth,
    swap_booths,
    vacate_booth,
)
from exhibitors.allocation.place_on_booth_form import PlaceForm, VacateForm
from exhibitors.allocation.proposals.explain_place import explained_place
from exhibitors.allocation.proposals.price_move import MovePrices
from exhibitors.allocation.proposals.price_wording import price_words
from exhibitors.allocation.proposals.reason_wording import reason_words
from exhibitors.allocation.publish_decisions import count_open_booths, newly_booked, staged_decisions
from exhibitors.allocation.wording import STANDING_WORDS
from exhibitors.applications.application_moves import HOLDS_BOOTH
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_read_application
from exhibitors.applications.review.who_reviews import note_try
from exhibitors.applications.screening_wording import DECISIONS
from exhibitors.applications.wording import APPLICATION_STATES
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.days import format_when
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("place_on_booth", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/place_on_booth"
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
        holders={one.booth.code: one.application_code for one in standings if one.application_code},
        colour=colour if colour in COLOURS else "status",
        open_booths=count_open_booths(session, fair),
        to_publish=_count_to_publish(fair),
        states=APPLICATION_STATES,
        decisions=DECISIONS,
        may_act=may_place(actor, fair),
        revision=board_revision(session, fair).number,
        may_undo=last_done(session, actor, fair) is not None,
        may_redo=last_undone(session, actor, fair) is not None,
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
    return _booth_page(fair, shown, chosen_row(fair))


@pages.page("/fairs/<slug>/booths/<code>/place", may=may_place, methods=("POST",))
def place(slug: str, code: str) -> ResponseReturnValue:
    """Put the application here, or move it here from another of its booths."""
    session, actor, form = current_session(), signed_in_actor(), PlaceForm.from_request()
    fair, target = asked_booth(slug, code)
    row = row_of(fair, form.application.data or "") if form.validate_posted() else None
    if row is None:
        return _booth_page(fair, target, None, form=form, status=422)
    if form.instead_of.data:
        left = standing_on(row, form.instead_of.data)
        if left is None:
            return _overtaken(fair, target, row, row.application, form.instead_of.data)
        demand(fair, target, left.booth)
        said = _price(fair, row, target, left.booth)
        return _do(
            fair, code, row, said, lambda: move_to_booth(session, actor, left, target, reason=form.reason.data or "")
        )
    said = _price(fair, row, target, None)
    return _do(fair, code, row, said, lambda: place_on_booth(session, actor, row.application, target))


@pages.page("/fairs/<slug>/booths/<code>/swap", may=may_place, methods=("POST",))
def swap(slug: str, code: str) -> ResponseReturnValue:
    """Let the application and the booth's holder change places."""
    session, actor, form = current_session(), signed_in_actor(), PlaceForm.from_request()
    fair, target = asked_booth(slug, code)
    row = row_of(fair, form.application.data or "") if form.validate_posted() else None
    holder = holder_of(session, target.id)
    if row is None or holder is None or holder.application_id in actor.stands_aside:
        return _booth_page(fair, target, row, form=form, status=422)
    own = standing_on(row, form.instead_of.data or "")
    if own is None:
        return _overtaken(fair, target, row, row.application, form.instead_of.data or "")
    if form.shows_another(holder):
        return _overtaken(fair, target, row, None, target.code)
    demand(fair, target, own.booth)
    said = _price(fair, row, target, own.booth)
    swapped = (holder.application,)
    return _do(
        fair,
        code,
        row,
        said,
        lambda: swap_booths(session, actor, own, holder, reason=form.reason.data or ""),
        others=swapped,
    )


@pages.page("/fairs/<slug>/booths/<code>/vacate", may=may_place, methods=("POST",))
def vacate(slug: str, code: str) -> ResponseReturnValue:
    """Take the holder off the booth."""
    session, form = current_session(), VacateForm.from_request()
    fair, target = asked_booth(slug, code)
    holder = holder_of(session, target.id)
    if holder is None or holder.application_id in signed_in_actor().stands_aside:
        return redirect(url_for(".booth", slug=slug, code=code), 303)
    if not form.validate_posted():
        return _booth_page(fair, target, None, vacate_form=form, status=422)
    if form.shows_another(holder):
        return _overtaken(fair, target, None, None, code)
    try:
        actor, reason = signed_in_actor(), form.reason.data or ""
        keep_hand_move(
            session, actor, fair, [holder.application], lambda: vacate_booth(session, actor, holder, reason=reason)
        )
    except Refused as refusal:
        session.rollback()
        note_try(session, signed_in_actor(), refusal)
        form.fault("reason", refusal_words(refusal))
        return _booth_page(fair, booth_of(fair, code), None, vacate_form=form, status=422)
    session.commit()
    flash(_("Booth %(code)s is free again.", code=code), "ok")
    return redirect(url_for(".board", slug=slug, application=holder.application.code), 303)


def _do(
    fair: Fair,
    code: str,
    row: BoardRow,
    said: list[tuple[str, str]],
    act: Callable[[], object],
    *,
    others: Sequence[BoothApplication] = (),
) -> ResponseReturnValue:
    """Try it and tell what it cost; who was second sees who was first, on the booth's own page."""
    session, application_code, name = current_session(), row.application.code, row.application.producer.name_vi
    try:
        keep_hand_move(session, signed_in_actor(), fair, [row.application, *others], act)
    except Refused as refusal:
        session.rollback()
        note_try(session, signed_in_actor(), refusal)
        again = find_row(session, fair, application_code)
        return _booth_page(fair, booth_of(fair, code), again, conflict=_in_words(refusal), status=409)
    session.commit()
    flash(_("%(producer)s is on booth %(code)s.", producer=name, code=code), "ok")
    for tone, words in said:
        if tone in {"bad", "warn"}:
            flash(words, "warn")
    return redirect(url_for(".board", slug=fair.slug), 303)


def _overtaken(
    fair: Fair, target: Booth, row: BoardRow | None, who: BoothApplication | None, code: str
) -> ResponseReturnValue:
    """The booth with this code was changed after the page was opened: what is there now, and why nothing was done."""
    names = {"producer": who.producer.name_vi} if who else {}
    refusal = Refused("left_booth" if who else "booth_changed", booth=code, **names)
    return _booth_page(fair, target, row, conflict=refusal_words(refusal), status=409)


def _price(fair: Fair, row: BoardRow, target: Booth, left: Booth | None) -> list[tuple[str, str]]:
    return _prices(fair, target, row).get(left.code if left else "", [])


def _prices(fair: Fair, target: Booth, chosen: BoardRow | None) -> dict[str, list[tuple[str, str]]]:
    """By the code of the booth given up for it, "" for one more."""
    if chosen is None or chosen.application.current not in HOLDS_BOOTH:
        return {}
    session = current_session()
    prices, holder = MovePrices(session, fair), holder_of(session, target.id)
    other = holder.application if holder and holder.application_id != chosen.application.id else None
    ways = [held.booth for held in assignments_of(session, chosen.application.id)]
    found = {left.code: prices.price(chosen.application, target, instead_of=left, swap_with=other) for left in ways}
    if other is None and chosen.lacks:
        found[""] = prices.price(chosen.application, target)
    return {code: price_words(price, prices) for code, price in found.items() if price}


def _in_words(refusal: Refused) -> str:
    since = refusal.facts.get("since")
    if since is None:
        return refusal_words(refusal)
    told = format_when(since, current_language())  # type: ignore[arg-type]  # facts are untyped, this one is a moment
    return refusal_words(Refused(refusal.reason, **(refusal.facts | {"since": told})))


def _booth_page(
    fair: Fair,
    shown: Booth,
    chosen: BoardRow | None,
    *,
    form: PlaceForm | None = None,
    vacate_form: VacateForm | None = None,
    conflict: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    holder = holder_of(session, shown.id)
    state = WORDS_OF_PLAN[holder.current] if holder else "blocked" if shown.switch == "blocked" else "free"
    page = render_template(
        f"{FOLDER}/booth.html",
        fair=fair,
        booth=shown,
        holder=holder,
        words=STANDING_WORDS[state],
        state=state,
        chosen=chosen,
        chosen_may_stand=chosen is not None and chosen.application.current in HOLDS_BOOTH,
        holder_was_told=holder is not None and holder.current in KNOWN_TO_HOLDER,
        told_words={"offered", "confirmed", "occupied"},
        candidates=[row for row in rows_of(fair) if row.lacks] if state == "free" and not chosen else [],
        form=form or PlaceForm(),
        vacate_form=vacate_form or VacateForm(),
        conflict=conflict,
        prices=_prices(fair, shown, chosen) if may_place(actor, fair, shown) else {},
        may_act=may_place(actor, fair, shown),
        workbench=workbench_of(session, actor, fair),
    )
    return page, status


def _count_to_publish(fair: Fair) -> int:
    session = current_session()
    if not may_read_desk(signed_in_actor(), fair):
        return 0
    return len(staged_decisions(session, fair)) + len(newly_booked(session, fair))
