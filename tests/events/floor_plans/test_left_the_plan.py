"""Booths and things that a colleague took off the plan while somebody was typing about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cast import booths_of
from tests.events.floor_plans.test_list_plan_pages import a_list
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.cast import OrganiserPlayer
    from tests.events.conftest import OrganiserBrowser


def test_booths_and_things_that_left_the_plan_meanwhile_are_told(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    ticked = {"do": "booths", "action": "change", "booth": ["A01", "B07"], "power_kw": "2"}
    lost = desk.send(f"/en{path}", ticked, form_on=path)
    assert (lost.status_code, "No longer on the plan: B07. Nothing was saved." in lost.text) == (422, True)
    on_the_board = desk.send(f"/en/organise/fairs/{fair.slug}/plan/forms", {**ticked, "action": "open"}, form_on=path)
    assert (on_the_board.status_code, "No longer on the plan: B07." in on_the_board.text) == (422, True)
    place = {"x_m": "1", "y_m": "1", "width_m": "2", "depth_m": "1", "rotation": "0"}
    thing = {"do": "fixture", "kind": "stage", "label_vi": "Sân khấu", "key": "removed00000", **place}
    told = desk.send(f"/en{path}", thing, form_on=path)
    assert (told.status_code, "was taken off the plan meanwhile" in told.text) == (422, True)
    again = typed_form(told.text, holding="label_vi")
    assert (again["label_vi"], again["key"]) == (["Sân khấu"], [""])
    assert desk.client.post(path, data=again).status_code == 303
    session.expire_all()
    assert [(fixture.kind, fixture.label_vi) for fixture in plan.fixtures] == [("stage", "Sân khấu")]
    assert {booth.power_w for booth in booths_of(session, fair)} == {0}
