"""What the plan editor talks to: the plan as data, and the door through which changes are saved."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_draw_plan, may_read_desk
from events.fairs.removed_answers import removed_meanwhile, removed_words
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.plan_changes import Conflict, codes_elsewhere
from events.floor_plans.plan_document import ValueFault
from events.floor_plans.save_plan import save_plan
from events.floor_plans.show_floor_plan import find_ground, read_drawing
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import file_url

pages = Pages("edit_plan", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/plan/<int:plan_id>/document", may=may_read_desk)
def document(slug: str, plan_id: int) -> ResponseReturnValue:
    """The plan as it stands, with its revision and who holds what."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    # Half a megabyte for 2,000 booths: written ten times quicker than jsonify does.
    content = msgspec.json.encode(_sheet(session, found(find_ground(session, fair, plan_id))))
    return Response(content, mimetype="application/json")


@pages.page("/fairs/<slug>/plan/<int:plan_id>/save", may=may_draw_plan, methods=("POST",))
def save(slug: str, plan_id: int) -> ResponseReturnValue:
    """Save changes: 200 with the revision, 409 with what others changed or what must be asked, 422 with every fault."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    plan = find_ground(session, fair, plan_id)
    if plan is None:
        return _removed(fair, plan_id)
    sent = request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    changes, base = sent.get("changes"), sent.get("base_revision")
    if not isinstance(base, int) or not isinstance(changes, list) or not all(isinstance(row, dict) for row in changes):
        return jsonify(reason="request_wrong", sentence=refusal_words(Refused("request_wrong"))), 422
    try:
        saved = save_plan(session, actor, plan, base, changes, recode_held=sent.get("recode_held") is True)
    except Refused as refusal:
        session.rollback()
        return _refused(session, found(find_ground(session, fair, plan_id)), refusal)
    answer: dict[str, Any] = {"revision": saved.revision}
    if saved.merged:
        session.flush()
        answer["sheet"] = _sheet(session, plan)
    session.commit()
    return jsonify(answer)


def _removed(fair: Fair, plan_id: int) -> ResponseReturnValue:
    """A colleague took the whole plan away while this one was drawing: the drawing stays on the screen."""
    said = removed_words(_("The floor plan"), found(removed_meanwhile(fair, FloorPlan, plan_id)))
    return jsonify(reason="plan_removed", sentence=said), 410


def _sheet(session: Session, plan: FloorPlan) -> dict[str, Any]:
    drawn = read_drawing(session, plan, signed_in_actor().stands_aside)
    elsewhere = {kind: sorted(codes_elsewhere(session, plan, kind)) for kind in ("zone", "booth")}
    sheet = {"revision": plan.revision, "document": drawn.document, "held": drawn.held, "elsewhere": elsewhere}
    if plan.background is not None:
        width, height = plan.background.pixels_of("large")
        sheet["background"] = {"url": file_url(plan.background, "large"), "ratio": height / width}
    return sheet


def _refused(session: Session, plan: FloorPlan, refusal: Refused) -> ResponseReturnValue:
    answer: dict[str, Any] = {"reason": refusal.reason, "sentence": refusal_words(refusal)}
    if refusal.reason == "plan_conflict":
        answer["conflicts"] = [_conflict(each) for each in refusal.facts["conflicts"]]  # type: ignore[attr-defined]  # a list
        answer["sheet"] = _sheet(session, plan)
        return jsonify(answer), 409
    if refusal.reason == "held_booths_recoded":
        return jsonify(answer), 409
    if refusal.reason == "plan_wrong":
        answer["faults"] = [_fault(each) for each in refusal.facts["faults"]]  # type: ignore[attr-defined]  # a list
    return jsonify(answer), 422


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {name: getattr(conflict, name) for name in ("kind", "key", "code", "mine", "theirs")}


def _fault(fault: ValueFault) -> dict[str, Any]:
    sentence = refusal_words(Refused(fault.reason, **fault.facts))
    return {"kind": fault.kind, "key": fault.key, "field": fault.field, "reason": fault.reason, "sentence": sentence}
