"""The page of one booth, and what acts on it have in common: try, tell the cost, show who was first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.allocation_board import BoardRow, find_row
from exhibitors.allocation.asked_booth import booth_of, rows_of
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, BoothAssignment, assignments_of, holders_of
from exhibitors.allocation.booth_states import firmest
from exhibitors.allocation.hand_move import keep_hand_move
from exhibitors.allocation.permissions import may_place
from exhibitors.allocation.place_on_booth_form import BoothForm, PlaceForm, VacateForm
from exhibitors.allocation.proposals.price_move import MovePrices
from exhibitors.allocation.proposals.price_wording import price_words
from exhibitors.allocation.wording import STANDING_WORDS
from exhibitors.applications.application_moves import HOLDS_BOOTH
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.who_reviews import note_try
from foundation.audience import signed_in_actor
from foundation.days import format_when
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

FOLDER = "exhibitors/allocation/place_on_booth"
BESIDE = "+"
"""The way of standing beside the holder, among the prices."""


def do_on_board(
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
        return booth_page(fair, booth_of(fair, code), again, conflict=_in_words(refusal), status=409)
    session.commit()
    flash(_("%(producer)s is on booth %(code)s.", producer=name, code=code), "ok")
    for one in (row.application, *others):
        if any(held.is_locked for held in assignments_of(session, one.id)):
            flash(_("%(producer)s stays pinned where it stands now.", producer=one.producer.name_vi), "ok")
    for tone, words in said:
        if tone in {"bad", "warn"}:
            flash(words, "warn")
    return redirect(url_for("place_on_booth.board", slug=fair.slug), 303)


def overtaken(
    fair: Fair, target: Booth, row: BoardRow | None, who: BoothApplication | None, code: str
) -> ResponseReturnValue:
    """The booth with this code was changed after the page was opened: what is there now, and why nothing was done."""
    names = {"producer": who.producer.name_vi} if who else {}
    refusal = Refused("left_booth" if who else "booth_changed", booth=code, **names)
    return booth_page(fair, target, row, conflict=refusal_words(refusal), status=409)


def meant(form: BoothForm, holders: Sequence[BoothAssignment]) -> BoothAssignment | None:
    """Whom the page showed there; the only one where it named nobody. None when that one is not there any more."""
    if form.holder.data:
        return next((one for one in holders if one.application.code == form.holder.data), None)
    return holders[0] if len(holders) == 1 else None


def price_of_move(fair: Fair, row: BoardRow, target: Booth, way: str) -> list[tuple[str, str]]:
    """What it costs to give up the booth with this code for it, or to stand there (`BESIDE` the holder) as one more."""
    return _prices(fair, target, row).get(way, [])


def _prices(fair: Fair, target: Booth, chosen: BoardRow | None) -> dict[str, list[tuple[str, str]]]:
    """By the code of the booth given up for it, "" for one more, `BESIDE` for one more beside its holder.

    Nothing for a booth that is shared: nobody moves there.
    """
    if chosen is None or chosen.application.current not in HOLDS_BOOTH:
        return {}
    session = current_session()
    holders = holders_of(session, target.id)
    if len(holders) > 1:
        return {}
    prices = MovePrices(session, fair)
    other = next((one.application for one in holders if one.application_id != chosen.application.id), None)
    ways = [held.booth for held in assignments_of(session, chosen.application.id)]
    found = {left.code: prices.price(chosen.application, target, instead_of=left, swap_with=other) for left in ways}
    if chosen.lacks:
        found[BESIDE if other else ""] = prices.price(chosen.application, target, is_shared=other is not None)
    return {code: price_words(price, prices) for code, price in found.items() if price}


def _in_words(refusal: Refused) -> str:
    since = refusal.facts.get("since")
    if since is None:
        return refusal_words(refusal)
    told = format_when(since, current_language())  # type: ignore[arg-type]  # facts are untyped, this one is a moment
    return refusal_words(Refused(refusal.reason, **(refusal.facts | {"since": told})))


def booth_page(
    fair: Fair,
    shown: Booth,
    chosen: BoardRow | None,
    *,
    form: PlaceForm | None = None,
    vacate_form: VacateForm | None = None,
    conflict: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """The booth with who stands there, and every act that is possible on it."""
    session, actor = current_session(), signed_in_actor()
    holders = holders_of(session, shown.id)
    free = "blocked" if shown.switch == "blocked" else "free"
    state = firmest(holder.state for holder in holders) if holders else free
    lacking = [] if chosen or len(holders) > 1 else [row for row in rows_of(fair) if row.lacks]
    page = render_template(
        f"{FOLDER}/booth.html",
        fair=fair,
        booth=shown,
        holders=holders,
        words=STANDING_WORDS[state],
        state=state,
        chosen=chosen,
        chosen_may_stand=chosen is not None and chosen.application.current in HOLDS_BOOTH,
        told=[holder.id for holder in holders if holder.current in KNOWN_TO_HOLDER],
        told_words={"offered", "confirmed", "occupied"},
        candidates=lacking,
        form=form or PlaceForm(),
        vacate_form=vacate_form or VacateForm(),
        conflict=conflict,
        prices=_prices(fair, shown, chosen) if may_place(actor, fair, shown) else {},
        may_act=may_place(actor, fair, shown),
        workbench=workbench_of(session, actor, fair),
    )
    return page, status
