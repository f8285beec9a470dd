"""The organiser's drawing board: the plan of each venue, its zones and its booths; complete without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts.permissions import Act
from events.fairs.fair import Fair, FairVenue, find_fair
from events.fairs.permissions import may_draw_plan, may_enter_desk, zones_open_to
from events.fairs.workbench import workbench_of
from events.floor_plans import copy_floor_plans  # noqa: F401 - registers what a new edition takes over
from events.floor_plans.asked_plan import asked_plan, lost_booths
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.draw_floor_plan import (
    add_zone_with_rows,
    block_booth,
    ensure_plan,
    open_booth,
    remove_booth,
    resize_ground,
)
from events.floor_plans.draw_floor_plan_form import BoothsForm, GroundForm, ZoneForm, zone_defaults
from events.floor_plans.editor_wording import FIELDS, FIXTURES, SIDES, editor_words
from events.floor_plans.floor_plan import Booth, FloorPlan, Zone, plans_of
from events.floor_plans.plan_fault_wording import fault_sentence, fault_templates
from events.floor_plans.restore_plan import add_plan
from events.floor_plans.show_floor_plan import (
    PlanSheet,
    find_booths,
    find_ground,
    free_zone_code,
    plan_at,
    plan_sheet,
)
from foundation.actor import Actor
from foundation.address_parts import number_asked
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("draw_floor_plan", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "events/floor_plans/draw_floor_plan"
Done = str | None
MOST_FAULTS = 20


@dataclass(slots=True)
class Board:
    """One venue's plan with its forms; a form that was posted keeps what was typed."""

    session: Session
    actor: Actor
    fair: Fair
    place: FairVenue | None
    plan: FloorPlan | None
    zone: ZoneForm
    ground: GroundForm
    booths: BoothsForm
    chosen: list[str]

    @property
    def is_refused(self) -> bool:
        """Whether something that was typed has to be mended."""
        return any((self.zone.errors, self.ground.errors, self.booths.errors))

    @property
    def url(self) -> str:
        """Where this plan is shown, in the way that it is shown now: as the drawing board or with plain forms."""
        return self._url_of("forms" if request.path.endswith("/forms") else "plan")

    @property
    def forms_url(self) -> str:
        """The same plan with plain forms."""
        return self._url_of("forms")

    def _url_of(self, way: str) -> str:
        venue = {"venue": self.place.id if self.place else None}
        at = {"plan": self.plan.id} if self.plan and self.plan.position else venue
        return url_for(f"draw_floor_plan.{way}", slug=self.fair.slug, **at)


@pages.page("/fairs/<slug>/plan", may=may_enter_desk)
def plan(slug: str) -> ResponseReturnValue:
    """The drawing board of one venue's plan; plain forms where there is nothing to draw on, or no leave to."""
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    board = _board(fair)
    return _show_editor(board) if board.plan and may_draw_plan(board.actor, fair) else _show(board)


@pages.page("/fairs/<slug>/plan/forms", may=may_enter_desk)
def forms(slug: str) -> ResponseReturnValue:
    """The plan of one venue with plain forms, whole without scripts; `?booth=` marks a booth."""
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return _show(_board(fair))


@pages.page("/fairs/<slug>/plan/forms", may=may_draw_plan, methods=("POST",), endpoint="change")
@pages.page("/fairs/<slug>/plan", may=may_draw_plan, methods=("POST",))
def draw(slug: str) -> ResponseReturnValue:
    """Add a zone, change the ground, or block, open and remove booths."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    board = _board(fair)
    done = found(DEEDS.get(request.form.get("do", "")))(board)
    if done is None:
        return _show(board)
    session.commit()
    flash(done, "ok")
    return redirect(board.url, 303)


def _board(fair: Fair) -> Board:
    session, actor = current_session(), signed_in_actor()
    asked, drawn = request.args.get("venue", ""), None
    if plan_id := number_asked("plan"):
        drawn = asked_plan(fair, plan_id, _sent_to_no_plan, find_ground)
    place = next((each for each in fair.venues if str(each.id) == asked), fair.venues[0] if fair.venues else None)
    place = drawn.fair_venue if drawn else place
    drawn = drawn or (plan_at(session, place) if place else None)
    ground = {"ground_width_m": drawn.width_m, "ground_depth_m": drawn.depth_m} if drawn else {}
    do = request.form.get("do")
    return Board(
        session,
        actor,
        fair,
        place,
        drawn,
        zone=ZoneForm(request.form if do == "zone" else None, data=zone_defaults(free_zone_code(session, fair))),
        ground=GroundForm(request.form if do == "ground" else None, data=ground),
        booths=BoothsForm(request.form if do == "booths" else None),
        chosen=[code[:8] for code in (request.form if do else request.args).getlist("booth")],
    )


def _sent_to_no_plan() -> HouseForm:
    """What was typed for a plan that is no longer there."""
    forms = {"zone": ZoneForm, "ground": GroundForm}
    return forms.get(request.form.get("do", ""), BoothsForm)(request.form)


def _show(board: Board) -> ResponseReturnValue:
    zones = zones_open_to(board.actor, Act.READ_DESK, board.fair)
    sheet = plan_sheet(board.session, board.plan, zones, board.actor.stands_aside) if board.plan else None
    may_draw = may_draw_plan(board.actor, board.fair)
    page = render_template(
        f"{FOLDER}/plan.html",
        board=board,
        fair=board.fair,
        sheet=sheet,
        picked=sheet.booth(board.chosen[0]) if sheet and len(board.chosen) == 1 else None,
        may_draw=may_draw,
        faults=_told(sheet) if sheet and zones is None else None,
        sees_all=zones is None,
        plans=plans_of(board.session, board.fair),
        workbench=workbench_of(board.session, board.actor, board.fair),
    )
    return page, 422 if board.is_refused else 200


def _show_editor(board: Board) -> ResponseReturnValue:
    """The page around the drawing; as quick for thousands of booths as for none."""
    return render_template(
        f"{FOLDER}/editor.html",
        board=board,
        fair=board.fair,
        may_draw=True,
        sees_all=zones_open_to(board.actor, Act.READ_DESK, board.fair) is None,
        plans=plans_of(board.session, board.fair),
        types=booth_types_of(board.session, board.fair),
        editor={"words": editor_words() | fault_templates(), "fields": FIELDS, "sides": SIDES, "kinds": FIXTURES},
        workbench=workbench_of(board.session, board.actor, board.fair),
    )


def _told(sheet: PlanSheet) -> list[str]:
    return [fault_sentence(fault, sheet.document) for fault in sheet.faults[:MOST_FAULTS]]


def _add_zone(board: Board) -> Done:
    place, form = found(board.place), board.zone
    form.validate()
    wrong = {name for name in form.errors if name}
    drawn = _drawn_or_told(board, place, wrong)
    if wrong or drawn is None:
        _take_back(board)
        return None
    count = len(drawn.booths)
    said = ngettext(
        "Zone %(code)s with %(num)s booth is drawn.",
        "Zone %(code)s with %(num)s booths is drawn.",
        count,
        code=drawn.code,
    )
    return str(said)


def _drawn_or_told(board: Board, place: FairVenue, wrong: set[str]) -> Zone | None:
    """Draw the zone. Each rule that says no is told at its field, beside the fields that are `wrong` already: what
    holds stands in for them, so that the other rules are asked too. With anything wrong the caller takes it all back.
    """
    while True:
        facts = board.zone.facts_without(wrong, zone_defaults(free_zone_code(board.session, board.fair)))
        try:
            plan = board.plan or ensure_plan(board.session, board.actor, board.fair, place)
            return add_zone_with_rows(board.session, board.actor, plan, **facts)
        except Refused as refusal:
            _take_back(board)
            name = board.zone.field_of(refusal)
            if name in wrong:
                return None
            board.zone.explain(refusal)
            wrong.add(name)


def _begin(board: Board) -> Done:
    place = found(board.place)
    if board.plan is None:
        board.plan = ensure_plan(board.session, board.actor, board.fair, place)
    else:
        board.plan = add_plan(
            board.session, board.actor, board.fair, place, name_vi="Mặt bằng khác", name_en="Another plan"
        )
    return str(_("The ground is there. Draw on it."))


def _resize(board: Board) -> Done:
    drawn, form = found(board.plan), board.ground
    if not form.validate():
        return None
    try:
        width, depth = form.ground_width_m.data, form.ground_depth_m.data
        resize_ground(board.session, board.actor, drawn, width_m=width, depth_m=depth)
    except Refused as refusal:
        _take_back(board)
        form.fault("ground_width_m", refusal_words(refusal))
        return None
    return str(_("The ground is saved."))


def _switch_booths(board: Board) -> Done:
    drawn, form = found(board.plan), board.booths
    act = found(SWITCHES.get(request.form.get("action", "")))
    booths = find_booths(board.session, drawn, board.chosen)
    is_fine = form.validate()
    if wrong := lost_booths(board.chosen, booths) or ("" if booths else _("Tick the booths first.")):
        form.fault("reason", wrong)
    if wrong or not is_fine:
        return None
    try:
        for booth in booths:
            act(board.session, board.actor, booth, form.reason.data or "")
    except Refused as refusal:
        _take_back(board)
        form.fault("reason", refusal_words(refusal))
        return None
    return str(ngettext("%(num)s booth is saved.", "%(num)s booths are saved.", len(booths)))


def _take_back(board: Board) -> None:
    """Drop what the refused deed had begun and read the plan again."""
    board.session.rollback()
    at = number_asked("plan")
    board.plan = find_ground(board.session, board.fair, at) if at else None
    board.plan = board.plan or (plan_at(board.session, board.place) if board.place else None)


def _open(session: Session, actor: Actor, booth: Booth, _reason: str) -> None:
    open_booth(session, actor, booth)


def _remove(session: Session, actor: Actor, booth: Booth, _reason: str) -> None:
    remove_booth(session, actor, booth)


SWITCHES: dict[str, Callable[[Session, Actor, Booth, str], None]] = {
    "block": block_booth,
    "open": _open,
    "remove": _remove,
}
DEEDS: dict[str, Callable[[Board], Done]] = {
    "begin": _begin,
    "zone": _add_zone,
    "ground": _resize,
    "booths": _switch_booths,
}
