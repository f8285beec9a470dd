"""Versions brought back and layouts carried to another fair."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.plan_document import plan_as_document
from events.floor_plans.plan_version import MOST_VERSIONS, PlanVersion, versions_of
from events.floor_plans.restore_plan import add_plan, copy_plan, name_version, remove_plan, restore_version
from events.floor_plans.save_plan import save_plan
from events.floor_plans.set_up_booth_types import add_booth_type
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone, an_organiser


@pytest.fixture
def player(session: Session) -> OrganiserPlayer:
    return an_organiser(session)


@pytest.fixture
def plan(session: Session, player: OrganiserPlayer) -> FloorPlan:
    """Zone A with booths A01 to A08."""
    zone = a_zone(session, player, a_draft_fair(session, player))
    session.commit()
    return zone.plan


def test_version_is_brought_back_and_the_present_one_kept(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    before = plan_as_document(plan)
    keys = [booth["key"] for booth in before["booths"]]
    stage = {"kind": "stage", "x_cm": 1, "y_cm": 2, "width_cm": 300, "depth_cm": 300}
    changes = [
        {"kind": "booth", "key": keys[0], "values": {"x_cm": 999, "code": "A99"}},
        {"kind": "booth", "key": keys[1], "delete": True},
        {"kind": "fixture", "key": "f", "new": True, "values": stage},
        {"kind": "plan", "key": "plan", "values": {"least_aisle_cm": 250}},
    ]
    save_plan(session, player.actor, plan, plan.revision, changes)
    session.commit()
    drawn = plan_as_document(plan)
    oldest = versions_of(session, plan)[-1]
    restore_version(session, player.actor, plan, oldest)
    session.commit()
    session.expire_all()
    assert plan_as_document(plan) == before
    assert drawn in [version.document for version in versions_of(session, plan)]


def test_layout_is_carried_to_another_fair(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    other = a_draft_fair(session, player, name="Hội chợ Hè")
    here = add_booth_type(session, player.actor, plan.fair, kind="corner", name_vi="Gian góc")
    there = add_booth_type(session, player.actor, other, kind="corner", name_vi="Gian góc")
    key = plan.zones[0].booths[0].key
    values = {"booth_type_id": here.id, "blocked": "Tủ điện", "rotation": 30}
    save_plan(session, player.actor, plan, plan.revision, [{"kind": "booth", "key": key, "values": values}])
    copy = copy_plan(session, player.actor, plan, other)
    session.commit()
    first = plan_as_document(copy)["booths"][0]
    assert (copy.fair_id, len(plan_as_document(copy)["booths"]), first["key"]) == (other.id, 8, key)
    assert (first["booth_type_id"], first["blocked"], first["rotation"]) == (there.id, "", 30)
    with pytest.raises(Refused) as refused:
        copy_plan(session, player.actor, plan, other)
    assert refused.value.reason == "plan_wrong"


def test_venue_has_several_plans(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    upper = add_plan(session, player.actor, plan.fair, plan.fair_venue, name_vi="Tầng 2")
    add_zone_with_rows(session, player.actor, upper, code="B", name_vi="Khu B", booths=4, per_row=4)
    session.commit()
    plans = session.scalars(select(FloorPlan).where(FloorPlan.fair_id == plan.fair_id).order_by(FloorPlan.position))
    assert [(each.name_vi, each.position) for each in plans] == [("", 0), ("Tầng 2", 1)]
    assert ensure_plan(session, player.actor, plan.fair, plan.fair_venue) == plan


def test_named_version_outlives_those_without_a_name(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    key = plan.zones[0].booths[0].key
    move = [{"kind": "booth", "key": key, "values": {"x_cm": 1}}]
    save_plan(session, player.actor, plan, plan.revision, move)
    first = versions_of(session, plan)[-1]
    name_version(session, player.actor, plan, first, "  Trước  Tết ")
    for x_cm in range(2, MOST_VERSIONS + 5):
        save_plan(session, player.actor, plan, plan.revision, [{**move[0], "values": {"x_cm": x_cm}}])
    kept = versions_of(session, plan)
    assert [(version.name, version.revision) for version in kept if version.name] == [("Trước Tết", first.revision)]
    assert len(kept) in {MOST_VERSIONS + 1, MOST_VERSIONS + 2}
    with pytest.raises(Refused) as refused:
        name_version(session, player.actor, plan, first, "x" * 81)
    assert refused.value.reason == "label_too_long"


def test_only_an_empty_plan_is_removed(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    empty = add_plan(session, player.actor, plan.fair, plan.fair_venue, name_vi="Nhầm")
    wall = {"kind": "wall", "x_cm": 0, "y_cm": 0, "width_cm": 100, "depth_cm": 10}
    save_plan(session, player.actor, empty, 0, [{"kind": "fixture", "key": "w1", "new": True, "values": wall}])
    session.commit()
    with pytest.raises(Refused) as refused:
        remove_plan(session, player.actor, plan)
    assert refused.value.reason == "plan_has_zones"
    remove_plan(session, player.actor, empty)
    session.commit()
    assert session.scalars(select(FloorPlan.id).where(FloorPlan.fair_id == plan.fair_id)).all() == [plan.id]
    assert {version.plan_id for version in session.scalars(select(PlanVersion))} <= {plan.id}
