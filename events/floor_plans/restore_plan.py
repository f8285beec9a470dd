"""Plans and their versions as wholes: brought back, named, added, carried to another fair, taken off.

What is brought back or carried is a drawing saved like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairVenue
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.plan_document import plan_as_document
from events.floor_plans.plan_version import PlanVersion
from events.floor_plans.save_plan import Saved, save_plan
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_NAME = 80
KIND_OF_LIST = {"zones": "zone", "booths": "booth", "fixtures": "fixture"}


def restore_version(session: Session, actor: Actor, plan: FloorPlan, version: PlanVersion) -> Saved:
    """Draw the plan as it was; what stands now is kept as a version too. Refuses what `save_plan` refuses."""
    offered = {kind.id for kind in booth_types_of(session, plan.fair)}
    document = version.document
    for booth in document["booths"]:
        if booth["booth_type_id"] not in offered:
            booth["booth_type_id"] = None
    saved = save_plan(session, actor, plan, plan.revision, changes_between(plan_as_document(plan), document))
    new = {"version": version.revision, "revision": saved.revision}
    record(session, actor, "plan.restore", plan, fair_id=plan.fair_id, new=new)
    return saved


def name_version(session: Session, actor: Actor, plan: FloorPlan, version: PlanVersion, name: str) -> None:
    """Give a version a name, under which it is kept however many follow; without one it is one of many again.

    Refuses `label_too_long`.
    """
    named = " ".join(nfc(name).split())
    if len(named) > LONGEST_NAME:
        raise Refused("label_too_long", most=LONGEST_NAME)
    old, version.name = version.name, named
    facts = {"version": version.revision, "name": named}
    record(session, actor, "plan.name_version", plan, fair_id=plan.fair_id, old={"name": old}, new=facts)


def remove_plan(session: Session, actor: Actor, plan: FloorPlan) -> None:
    """Take an empty plan off its venue, with the things on it and its versions.

    Refuses `plan_has_zones`: zones go one by one, for each may be held or wished for.
    """
    session.flush()
    session.refresh(plan, with_for_update={"of": FloorPlan})
    if plan.zones:
        raise Refused("plan_has_zones", count=len(plan.zones))
    what = {"name": plan.name_vi, "position": plan.position}
    record(session, actor, "plan.remove", plan, fair_id=plan.fair_id, old=what)
    session.delete(plan)
    session.flush()


def changes_between(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The changes that make one document of the other; elements are the same by their key."""
    changes: list[dict[str, Any]] = [{"kind": "plan", "key": "plan", "values": dict(wanted["plan"])}]
    for name, kind in KIND_OF_LIST.items():
        present = {element["key"] for element in now[name]}
        for element in wanted[name]:
            values = {field: value for field, value in element.items() if field != "key"}
            changes.append(
                {"kind": kind, "key": element["key"], "values": values, "new": element["key"] not in present}
            )
        kept = {element["key"] for element in wanted[name]}
        changes += [{"kind": kind, "key": key, "delete": True} for key in present - kept]
    return changes


def add_plan(
    session: Session, actor: Actor, fair: Fair, fair_venue: FairVenue, *, name_vi: str = "", name_en: str = ""
) -> FloorPlan:
    """Another plan at this venue: a second hall, another floor; the ground is 40 × 20 m to begin with."""
    last = session.scalar(select(func.max(FloorPlan.position)).where(FloorPlan.fair_venue_id == fair_venue.id))
    plan = FloorPlan(
        fair=fair,
        fair_venue=fair_venue,
        name_vi=nfc(name_vi.strip())[:80],
        name_en=nfc(name_en.strip())[:80],
        position=0 if last is None else last + 1,
        width_cm=4_000,
        depth_cm=2_000,
        outline=[],
    )
    session.add(plan)
    session.flush()
    record(session, actor, "plan.begin", plan, fair_id=fair.id, new={"name": plan.name_vi, "position": plan.position})
    return plan


def copy_plan(session: Session, actor: Actor, plan: FloorPlan, fair: Fair) -> FloorPlan:
    """The same layout as a plan at the first venue of another fair: zones, booths, things; open booths, nobody on them.

    Types of booth are those of the same name at the other fair. Refuses `fair_has_no_venue`, and `plan_wrong` where a
    code is on a plan of that fair already.
    """
    if not fair.venues:
        raise Refused("fair_has_no_venue")
    document = plan_as_document(plan)
    names = {kind.id: kind.name_vi for kind in booth_types_of(session, plan.fair)}
    there = {kind.name_vi: kind.id for kind in booth_types_of(session, fair)}
    for booth in document["booths"]:
        booth["booth_type_id"] = there.get(names.get(booth["booth_type_id"], ""))
        booth["blocked"] = ""
    copy = add_plan(session, actor, fair, fair.venues[0], name_vi=plan.name_vi, name_en=plan.name_en)
    save_plan(session, actor, copy, copy.revision, changes_between(plan_as_document(copy), document))
    record(session, actor, "plan.copy", copy, fair_id=fair.id, new={"from_plan": plan.id, "from_fair": plan.fair_id})
    return copy
