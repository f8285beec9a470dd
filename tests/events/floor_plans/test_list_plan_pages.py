"""The plan as a list: everything by plain forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import FloorPlan, plans_of
from events.floor_plans.plan_version import versions_of
from events.floor_plans.restore_plan import add_plan
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone, booths_of

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser


def a_list(session: Session, player: OrganiserPlayer) -> tuple[Fair, FloorPlan, str]:
    fair = a_draft_fair(session, player)
    plan = a_zone(session, player, fair, booths=3).plan
    session.commit()
    return fair, plan, f"/organise/fairs/{fair.slug}/plan/{plan.id}/list"


def said_on(text: str) -> list[str]:
    return [unescape(words) for words in re.findall(r'<li><a href="#[\w-]+">(.*?)</a></li>', text)]


def test_ticked_booths_get_values_at_once(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair, _, path = a_list(session, player)
    values = {"power_kw": "2,5", "has_water": "yes", "open_sides": "front left", "rotation": "450"}
    ticked = {"do": "booths", "action": "change", "booth": ["A01", "A03"]}
    assert desk.send(path, {**ticked, **values}).status_code == 303
    session.expire_all()
    assert [
        (booth.power_w, booth.has_water, booth.open_sides, booth.rotation) for booth in booths_of(session, fair)
    ] == [
        (2500, True, "front left", 90),
        (0, False, "front", 0),
        (2500, True, "front left", 90),
    ]


def test_wrong_values_come_back_together_with_what_was_typed(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    _, _, path = a_list(session, player)
    wrong = {"do": "booths", "action": "change", "booth": "A01", "code": "a 1", "width_m": "99", "power_kw": "1"}
    answer = desk.send(f"/en{path}", wrong, form_on=path)
    assert (answer.status_code, said_on(answer.text)) == (
        422,
        [
            "Code: A booth code has 1 to 8 capital letters, digits, dots or dashes, such as A01.",
            "Width (m): A length from 10 cm to 50 m.",
        ],
    )
    assert ('value="a 1"' in answer.text, 'value="99"' in answer.text) == (True, True)
    many = {"do": "booths", "action": "change", "booth": ["A01", "A02"], "x_m": "3", "y_m": "4"}
    assert said_on(desk.send(f"/en{path}", many, form_on=path).text) == [
        "Code: Code and place can be changed for one booth at a time."
    ]


def test_booths_are_blocked_opened_and_removed_from_the_list(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, _, path = a_list(session, player)
    steps = [
        {"action": "block", "reason": "", "booth": "A01"},
        {"action": "block", "reason": "Tủ điện", "booth": ["A01", "A02"]},
        {"action": "open", "booth": "A02"},
        {"action": "remove", "booth": "A03"},
        {"action": "open", "booth": "A03"},
        {"action": "open"},
    ]
    statuses = [desk.send(path, {"do": "booths", **step}).status_code for step in steps]
    session.expire_all()
    assert statuses == [422, 303, 303, 303, 303, 422]
    assert [booth.switch for booth in booths_of(session, fair)] == ["blocked", "open", "open"]


def test_thing_is_added_changed_and_taken_off(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    _, plan, path = a_list(session, player)
    stage = {"do": "fixture", "kind": "stage", "x_m": "1", "y_m": "20", "width_m": "8", "depth_m": "5,5"}
    assert desk.send(path, {**stage, "width_m": "-1"}).status_code == 422
    assert desk.send(path, stage).status_code == 303
    session.expire_all()
    key = plan.fixtures[0].key
    session.rollback()
    assert (
        'value="5.5"' in desk.get(f"{path}?thing={key}").text or 'value="5,5"' in desk.get(f"{path}?thing={key}").text
    )
    assert desk.send(path, {**stage, "key": key, "label_vi": "Sân khấu chính"}).status_code == 303
    session.expire_all()
    assert [(thing.label_vi, thing.depth_cm) for thing in plan.fixtures] == [("Sân khấu chính", 550)]
    session.rollback()
    assert desk.send(path, {"do": "drop_fixture", "key": key}).status_code == 303
    session.expire_all()
    assert plan.fixtures == []


def test_version_is_brought_back_and_layout_copied(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    other = a_draft_fair(session, player, name="Hội chợ Hè")
    there = other.slug
    session.commit()
    assert desk.send(path, {"do": "plan", "name_vi": "Tầng trệt", "least_aisle_m": "2,5"}).status_code == 303
    session.expire_all()
    assert (plan.name_vi, plan.least_aisle_cm) == ("Tầng trệt", 250)
    revision = versions_of(session, plan)[-1].revision
    restore, copy = path.replace("/list", "/restore"), path.replace("/list", "/copy")
    session.rollback()
    assert desk.send(restore, {"revision": str(revision)}, form_on=path).status_code == 303
    session.expire_all()
    assert (plan.name_vi, plan.least_aisle_cm) == ("", 300)
    session.rollback()
    assert desk.send(copy, {"fair": there}, form_on=path).status_code == 303
    assert [len(booths_of(session, each)) for each in (fair, other)] == [3, 3]
    assert [each.fair_id for each in plans_of(session, other)] == [other.id]


def test_ticked_booths_are_lined_up(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair, _, path = a_list(session, player)
    ticked = {"do": "booths", "action": "change", "booth": ["A01", "A02"], "y_m": "7,5"}
    assert desk.send(path, ticked).status_code == 303
    session.expire_all()
    assert [(booth.x_cm, booth.y_cm) for booth in booths_of(session, fair)] == [(200, 750), (500, 750), (800, 200)]


def test_zone_says_what_it_needs_and_what_it_can_supply(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    zone = f"/organise/fairs/{fair.slug}/plan/zones/{plan.zones[0].id}"
    session.rollback()
    ticked = {"do": "booths", "action": "change", "booth": ["A01", "A02"], "power_kw": "2,5", "has_water": "yes"}
    assert desk.send(path, ticked).status_code == 303
    wrong = desk.send(f"/en{zone}", {"name_vi": "Khu A", "power_kw": "nhiều"}, form_on=zone)
    assert said_on(wrong.text) == ["Power (kW): Write a power in kilowatts, like 3 or 2.5."]
    assert desk.send(zone, {"name_vi": "Khu A", "power_kw": "4,5", "water_points": "0"}).status_code == 303
    assert re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', desk.get(zone).text)[-3:-1] == [
        ("power_kw", "4,5"),
        ("water_points", "0"),
    ]
    shown = re.search(r'<caption class="vh">What the zones.*?</table>', desk.get(f"/en{path}").text, re.DOTALL)
    assert shown is not None
    cells = [" ".join(re.sub("<.*?>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", shown[0], re.DOTALL)]
    assert cells[1:] == ["3", "5 of 4.5", "2 of 0", "0"]


def test_corners_of_a_hall_are_typed(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    _, plan, path = a_list(session, player)
    typed = {"do": "plan", "least_aisle_m": "3", "corners": "0; 0\n30,5;0\n 30,5 ; 20 \n\n0; 20"}
    for wrong in ("0; 0\n1", "0; x\n1; 1\n2; 2", "0; nan\n1; 1\n2; 2", "0; 1e999\n1; 1\n2; 2"):
        answer = desk.send(f"/en{path}", {**typed, "corners": wrong}, form_on=path)
        assert said_on(answer.text) == ["Corners of the hall (m): Write two lengths on each line, like 12,5; 8."]
    two = desk.send(path, {**typed, "corners": "0; 0\n1; 1"})
    assert (two.status_code, "0; 0\n1; 1" in two.text) == (422, True)
    assert desk.send(path, typed).status_code == 303
    session.expire_all()
    assert plan.outline == [[0, 0], [3050, 0], [3050, 2000], [0, 2000]]
    session.rollback()
    assert "0; 0\n30,5; 0\n30,5; 20\n0; 20" in desk.get(path).text


def test_picture_below_the_drawing_is_laid_and_scaled_without_scripts(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    _, plan, path = a_list(session, player)
    picture = BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    picture.seek(0)
    lay = path.replace("/list", "/background")
    assert ("picture_width_m" in desk.get(path).text, f'action="{lay}"' in desk.get(path).text) == (False, True)
    assert desk.send(lay, {"file": (picture, "nen.png")}, form_on=path).status_code == 303
    scaled = {"picture_width_m": "20", "picture_x_m": "1,5", "picture_y_m": "0", "picture_shade": "80"}
    assert desk.send(path, {"do": "plan", "least_aisle_m": "3", **scaled}).status_code == 303
    wrong = desk.send(path, {"do": "plan", "least_aisle_m": "3", **scaled, "picture_shade": "800"})
    assert (wrong.status_code, 'value="800"' in wrong.text) == (422, True)
    session.expire_all()
    laid = (plan.background_width_cm, plan.background_x_cm, plan.background_y_cm, plan.background_shade)
    assert laid == (2000, 150, 0, 80)


def test_version_is_named_and_an_empty_plan_removed(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    empty = add_plan(session, player.actor, fair, plan.fair_venue, name_vi="Nhầm")
    drop = f"/organise/fairs/{fair.slug}/plan/{empty.id}/remove"
    session.commit()
    assert desk.send(path, {"do": "plan", "least_aisle_m": "2,5"}).status_code == 303
    revision = versions_of(session, plan)[0].revision
    session.rollback()
    name = path.replace("/list", "/name-version")
    for typed, wanted in (("Bản đã duyệt", "Bản đã duyệt"), ("x" * 81, "Bản đã duyệt"), ("", "")):
        assert desk.send(name, {"revision": str(revision), "name": typed}, form_on=path).status_code == 303
        assert versions_of(session, plan)[0].name == wanted
        session.rollback()
    desk.send(f"/en{name}", {"revision": "99"}, form_on=path)
    assert "This version is no longer kept." in desk.get(f"/en{path}").text
    assert desk.send(path.replace("/list", "/remove"), {}).location == path
    assert desk.send(drop, {}).status_code == 303
    assert [each.id for each in plans_of(session, fair)] == [plan.id]


# --- two people, or two tabs ------------------------------------------------------------------------------------------


def seen_on(desk: OrganiserBrowser, path: str, field: str = "revision") -> dict[str, object]:
    """What the hidden field of the forms on this page carries."""
    found = re.search(rf'name="{field}"[^>]* value="(\d+)"', desk.get(path).text)
    assert found is not None
    return {field: found[1]}


def looked(session: Session, read: Callable[[], object]) -> object:
    """What is there now; whoever looks must not stand in the way of the next form."""
    session.expire_all()
    found = read()
    session.rollback()
    return found


def test_form_of_another_revision_overwrites_nothing_in_silence(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    first, second = seen_on(desk, path), seen_on(desk, path)
    change = {"do": "booths", "action": "change", "booth": "A01"}
    assert desk.send(path, {**change, **first, "power_kw": "7"}).status_code == 303
    told = desk.send(path, {**change, **second, "power_kw": "9"})
    assert (told.status_code, 'value="9"' in told.text) == (422, True)
    power = lambda: [booth.power_w for booth in booths_of(session, fair)]  # noqa: E731 - read three times
    assert looked(session, power) == [7000, 0, 0]
    assert desk.send(path, {**change, **second, "booth": "A02", "power_kw": "9"}).status_code == 303
    assert desk.send(path, {**change, **seen_on(desk, path), "power_kw": "9"}).status_code == 303
    assert looked(session, power) == [9000, 9000, 0]
    settings = {"do": "plan", "name_vi": "Nhà A", "least_aisle_m": "4"}
    before = seen_on(desk, path)
    assert desk.send(path, {**settings, **before}).status_code == 303
    assert desk.send(path, {**settings, **before, "least_aisle_m": "3"}).status_code == 422
    assert looked(session, lambda: plan.name_vi) == "Nhà A"


def test_thing_changed_by_somebody_else_is_neither_moved_nor_taken_off_unasked(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    _, plan, path = a_list(session, player)
    stage = {
        "do": "fixture",
        "kind": "stage",
        "x_m": "20",
        "y_m": "20",
        "width_m": "4",
        "depth_m": "3",
        "rotation": "0",
    }
    assert desk.send(path, stage).status_code == 303
    key = {"key": looked(session, lambda: plan.fixtures[0].key)}
    seen = seen_on(desk, path)
    assert desk.send(path, {**stage, **key, **seen, "x_m": "22"}).status_code == 303
    for old in ({**stage, **key, **seen, "y_m": "25"}, {"do": "drop_fixture", **key, **seen}):
        assert desk.send(path, old).status_code == 422
    assert looked(session, lambda: [(one.x_m, one.y_m) for one in plan.fixtures]) == [(22, 20)]


def test_zone_renamed_by_somebody_else_is_asked_about_again(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, _ = a_list(session, player)
    path = f"/organise/fairs/{fair.slug}/plan/zones/{looked(session, lambda: plan.zones[0].id)}"
    seen = seen_on(desk, path, "version")
    assert desk.send(path, {"name_vi": "Ẩm thực", "power_kw": "50", **seen}).status_code == 303
    told = desk.send(path, {"name_vi": "Miến dong", **seen})
    assert (told.status_code, "Miến dong" in told.text) == (422, True)
    there = looked(session, lambda: (plan.zones[0].name_vi, plan.zones[0].power_w))
    assert there == ("Ẩm thực", 50_000)
    again = re.search(r'name="version"[^>]* value="(\d+)"', told.text)
    assert again is not None
    assert desk.send(path, {"name_vi": "Miến dong", "version": again[1]}).status_code == 303
