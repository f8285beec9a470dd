"""The plan as a list: everything the drawing does, in tables and plain forms; versions, copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_draw_plan, may_read_desk
from events.fairs.workbench import workbench_of
from events.floor_plans.asked_plan import asked_plan, lost_booths
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.draw_floor_plan import open_booth, remove_booth
from events.floor_plans.editor_wording import FIXTURES
from events.floor_plans.floor_plan import BoothSwitch, FloorPlan, new_key
from events.floor_plans.list_plan_form import BoothValuesForm, FixtureForm, PlanForm, plan_settings
from events.floor_plans.plan_checks import check_plan, needs_of_zones
from events.floor_plans.plan_fault_wording import fault_sentence
from events.floor_plans.plan_version import versions_of
from events.floor_plans.restore_plan import copy_plan, name_version, restore_version
from events.floor_plans.save_plan import save_plan
from events.floor_plans.show_floor_plan import fairs_of_desk, find_booths, find_plan, plan_sheet
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("list_plan", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
MOST_FAULTS = 100
Done = str | None


@dataclass(slots=True)
class PlanList:
    """One plan with its forms; a form that was posted keeps what was typed."""

    session: Session
    actor: Actor
    fair: Fair
    plan: FloorPlan
    booths: BoothValuesForm
    fixture: FixtureForm
    settings: PlanForm
    chosen: list[str]
    seen_revision: int

    @property
    def url(self) -> str:
        """Where this list is."""
        return url_for("list_plan.listing", slug=self.fair.slug, plan_id=self.plan.id)

    def save(self, *changes: dict[str, Any]) -> None:
        """Save on top of the revision that the page showed; what others changed since is told, and asked for again."""
        try:
            save_plan(self.session, self.actor, self.plan, self.seen_revision, changes)
        except Refused as refusal:
            if refusal.reason == "plan_conflict":
                raise Refused("set_up_changed_meanwhile") from refusal
            raise


@pages.page("/fairs/<slug>/plan/<int:plan_id>/list", may=may_read_desk)
def listing(slug: str, plan_id: int) -> ResponseReturnValue:
    """Show the plan as a list."""
    return _show(_plan_list(slug, plan_id))


@pages.page("/fairs/<slug>/plan/<int:plan_id>/list", may=may_draw_plan, methods=("POST",))
def change(slug: str, plan_id: int) -> ResponseReturnValue:
    """Change the ticked booths, add, change or take off a thing, or name the plan."""
    shown = _plan_list(slug, plan_id)
    done = found(DEEDS.get(request.form.get("do", "")))(shown)
    if done is None:
        return _show(shown)
    shown.session.commit()
    flash(done, "ok")
    return redirect(shown.url, 303)


@pages.page("/fairs/<slug>/plan/<int:plan_id>/restore", may=may_draw_plan, methods=("POST",))
def restore(slug: str, plan_id: int) -> ResponseReturnValue:
    """Bring a version back; the present one is kept too."""
    shown = _plan_list(slug, plan_id)
    wanted = request.form.get("revision", type=int)
    version = next((each for each in versions_of(shown.session, shown.plan) if each.revision == wanted), None)
    if version is None:
        flash(_("This version is no longer kept."), "bad")
        return redirect(shown.url, 303)
    try:
        restore_version(shown.session, shown.actor, shown.plan, version)
    except Refused as refusal:
        shown.session.rollback()
        return _show(_plan_list(slug, plan_id), _told(refusal))
    shown.session.commit()
    flash(_("Version %(number)s is the plan again.", number=version.revision), "ok")
    return redirect(shown.url, 303)


@pages.page("/fairs/<slug>/plan/<int:plan_id>/name-version", may=may_draw_plan, methods=("POST",))
def name(slug: str, plan_id: int) -> ResponseReturnValue:
    """Give a version a name, so that it stays."""
    shown = _plan_list(slug, plan_id)
    wanted = request.form.get("revision", type=int)
    version = next((each for each in versions_of(shown.session, shown.plan) if each.revision == wanted), None)
    if version is None:
        flash(_("This version is no longer kept."), "bad")
        return redirect(shown.url, 303)
    try:
        name_version(shown.session, shown.actor, shown.plan, version, request.form.get("name", ""))
    except Refused as refusal:
        shown.session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        shown.session.commit()
        flash(_("Version %(number)s is saved under this name.", number=wanted), "ok")
    return redirect(shown.url + "#versions", 303)


@pages.page("/fairs/<slug>/plan/<int:plan_id>/copy", may=may_draw_plan, methods=("POST",))
def copy(slug: str, plan_id: int) -> ResponseReturnValue:
    """Carry the layout to another fair that the same person may draw for."""
    shown = _plan_list(slug, plan_id)
    there = find_fair(shown.session, request.form.get("fair", ""))
    if there is None:
        flash(_("Choose the fair first."), "bad")
        return redirect(shown.url, 303)
    demand(there)
    try:
        made = copy_plan(shown.session, shown.actor, shown.plan, there)
    except Refused as refusal:
        shown.session.rollback()
        return _show(_plan_list(slug, plan_id), _told(refusal))
    shown.session.commit()
    flash(_("The layout is copied to %(fair)s.", fair=there.name_vi), "ok")
    return redirect(url_for("draw_floor_plan.plan", slug=there.slug, plan=made.id), 303)


def _plan_list(slug: str, plan_id: int) -> PlanList:
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    do = request.form.get("do")
    plan = asked_plan(fair, plan_id, lambda: _sent_to_no_plan(fair, do))
    booths = BoothValuesForm(request.form if do == "booths" else None)
    booths.offer([(zone.key, f"{zone.code} {zone.name_vi}") for zone in plan.zones], booth_types_of(session, fair))
    return PlanList(
        session,
        actor,
        fair,
        plan,
        booths=booths,
        fixture=FixtureForm(request.form if do == "fixture" else None, data=_fixture_asked(plan)),
        settings=PlanForm(request.form if do == "plan" else None, data=plan_settings(plan)),
        chosen=[code[:8] for code in request.form.getlist("booth")],
        seen_revision=min(request.form.get("revision", plan.revision, type=int), plan.revision),
    )


def _sent_to_no_plan(fair: Fair, do: str | None) -> HouseForm:
    """What was typed for a plan that is no longer there; its zones went before it."""
    if do == "booths":
        booths = BoothValuesForm(request.form)
        booths.offer([], booth_types_of(current_session(), fair))
        return booths
    return PlanForm(request.form) if do == "plan" else FixtureForm(request.form)


def _fixture_asked(plan: FloorPlan) -> dict[str, Any]:
    """The thing named in the address, for the form that changes it."""
    fixture = next((each for each in plan.fixtures if each.key == request.args.get("thing")), None)
    if fixture is None:
        return {}
    return {name: getattr(fixture, name) for name in FixtureForm()._fields}  # WTForms names them so


def _show(shown: PlanList, refused: Sequence[str] = ()) -> ResponseReturnValue:
    """The list; `refused` are the sentences of a deed that was not done, the first one saying what."""
    sheet = plan_sheet(shown.session, shown.plan, hidden=shown.actor.stands_aside)
    document = sheet.document
    others = fairs_of_desk(shown.session, shown.actor)
    page = render_template(
        "events/floor_plans/list_plan/list.html",
        shown=shown,
        refused=refused,
        fair=shown.fair,
        sheet=sheet,
        may_draw=may_draw_plan(shown.actor, shown.fair),
        faults=[fault_sentence(fault, document) for fault in check_plan(document)[:MOST_FAULTS]],
        needs={each.key: each for each in needs_of_zones(document)},
        kinds={kind.value: word for kind, word in FIXTURES.items()},
        versions=versions_of(shown.session, shown.plan),
        others=[fair for fair in others if fair.id != shown.fair.id and may_draw_plan(shown.actor, fair)],
        thing=request.args.get("thing", ""),
        workbench=workbench_of(shown.session, shown.actor, shown.fair),
    )
    return page, 422 if refused or shown.booths.errors or shown.fixture.errors or shown.settings.errors else 200


def _told(refusal: Refused) -> list[str]:
    """A refusal and each of its faults, every sentence once."""
    faults = refusal.facts.get("faults")
    each = faults if isinstance(faults, list) else []
    said = [refusal_words(Refused(one.reason, **one.facts)) for one in each]
    return list(dict.fromkeys([refusal_words(refusal), *said]))


def _change_booths(shown: PlanList) -> Done:
    form, action = shown.booths, request.form.get("action", "")
    booths = find_booths(shown.session, shown.plan, shown.chosen)
    is_fine = form.validate()
    if wrong := lost_booths(shown.chosen, booths) or ("" if booths else _("Tick the booths first.")):
        form.fault("reason", wrong)
    if wrong or not is_fine:
        return None
    values = form.values() if action == "change" else {"blocked": form.reason.data or ""}
    if action == "block" and not form.reason.data:
        form.fault("reason", refusal_words(Refused("block_reason_missing", code=booths[0].code)))
        return None
    # One of both lines booths up; a code, or both, would put them in one place.
    if action == "change" and len(booths) > 1 and ("code" in values or {"x_cm", "y_cm"} <= values.keys()):
        form.fault("code", _("Code and place can be changed for one booth at a time."))
        return None
    try:
        for booth in booths:
            if action == "remove":
                remove_booth(shown.session, shown.actor, booth)
            elif booth.switch == BoothSwitch.REMOVED:
                open_booth(shown.session, shown.actor, booth)
                shown.seen_revision = shown.plan.revision  # our own step is no surprise
        if action != "remove":
            shown.save(*({"kind": "booth", "key": booth.key, "values": values} for booth in booths))
    except Refused as refusal:
        _take_back(shown)
        form.explain(refusal, "reason")
        return None
    return str(ngettext("%(num)s booth is saved.", "%(num)s booths are saved.", len(booths)))


def _put_fixture(shown: PlanList) -> Done:
    key, form = request.form.get("key", ""), shown.fixture
    if not form.validate():
        return None
    known = any(fixture.key == key for fixture in shown.plan.fixtures)
    if key and not known:
        form.form_errors.append(_("This thing was taken off the plan meanwhile. Press again to put it there anew."))
        return None
    try:
        shown.save({"kind": "fixture", "key": key if known else new_key(), "new": not known, "values": form.values()})
    except Refused as refusal:
        _take_back(shown)
        form.explain(refusal, "kind")
        return None
    return str(_("It is on the plan."))


def _drop_fixture(shown: PlanList) -> Done:
    try:
        shown.save({"kind": "fixture", "key": request.form.get("key", ""), "delete": True})
    except Refused as refusal:
        _take_back(shown)
        shown.fixture.explain(refusal, "kind")
        return None
    return str(_("It is off the plan."))


def _name_plan(shown: PlanList) -> Done:
    if not shown.settings.validate():
        return None
    try:
        shown.save({"kind": "plan", "key": "plan", "values": shown.settings.values()})
    except Refused as refusal:
        _take_back(shown)
        shown.settings.explain(refusal, "name_vi")
        return None
    return str(_("The plan is saved."))


def _take_back(shown: PlanList) -> None:
    """Drop what the refused deed had begun and read the plan again."""
    plan_id = shown.plan.id
    shown.session.rollback()
    shown.plan = found(find_plan(shown.session, shown.fair, plan_id))


DEEDS: dict[str, Callable[[PlanList], Done]] = {
    "booths": _change_booths,
    "fixture": _put_fixture,
    "drop_fixture": _drop_fixture,
    "plan": _name_plan,
}
