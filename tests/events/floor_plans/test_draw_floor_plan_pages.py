"""The drawing board, without scripts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.organise_fair import create_fair
from events.floor_plans.draw_floor_plan import add_zone_with_rows, block_booth, remove_booth
from events.floor_plans.floor_plan import Zone, plans_of, zones_of
from events.floor_plans.plan_document import plan_as_document
from events.floor_plans.plan_fixture import PlanFixture
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone, booths_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.events.conftest import OrganiserBrowser

ZONE = {
    "do": "zone",
    "code": "a",
    "name_vi": "Hải sản",
    "name_en": "Seafood",
    "booths": "6",
    "per_row": "4",
    "booth_width_m": "2,5",
    "booth_depth_m": "3",
    "aisle_m": "3",
    "rows": "double",
}


def test_first_zone_begins_the_plan(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    assert "Nothing drawn yet" in desk.get(f"/en{path}").text
    answer = desk.send(path, ZONE)
    assert (answer.status_code, answer.location) == (303, f"{path}?venue={fair.venues[0].id}")
    assert [(booth.code, booth.width_m) for booth in booths_of(session, fair)] == [
        (f"A0{number}", 2.5) for number in range(1, 7)
    ]


def test_rows_have_codes_sides_corners_and_power_of_their_own(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    typed = {**ZONE, "booths": "8", "first_code": "hl-101", "numbering": "odd_even", "power_kw": "1,5", "corners": "y"}
    assert desk.send(path, typed).status_code == 303
    drawn = booths_of(session, fair)
    assert [booth.code for booth in drawn] == [f"HL-{number}" for number in range(101, 109)]
    assert {booth.code for booth in drawn if booth.rotation == 180} == {"HL-101", "HL-103", "HL-105", "HL-107"}
    assert {booth.code: booth.open_sides for booth in drawn if booth.is_corner} == {
        "HL-101": "front right", "HL-102": "front left", "HL-107": "front left", "HL-108": "front right",
    }  # fmt: skip
    assert {booth.power_w for booth in drawn} == {1500}


def test_first_code_that_cannot_be_is_refused_at_its_field(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    answer = desk.send(f"/en{path}", {**ZONE, "first_code": "A 01"}, form_on=path)
    assert answer.status_code == 422
    assert '<a href="#first_code">Numbered from: A booth code has 1 to 8 capital letters' in answer.text
    assert 'value="A 01"' in answer.text


def test_wrong_zone_is_answered_in_words_and_kept(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair, "A")
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    answers = []
    for wrong in ({}, {"code": "B", "aisle_m": "1"}, {"code": "B", "booths": "nhiều"}, {"code": "B", "name_vi": ""}):
        answer = desk.send(f"/en{path}", {**ZONE, **wrong}, form_on=path)
        said = re.findall(r'<li><a href="#\w+">(.*?)</a></li>', answer.text)
        answers.append((answer.status_code, [unescape(words) for words in said]))
    assert answers == [
        (422, ["Zone: Zone A is already on a plan of this fair. Choose another letter."]),
        (422, ["Aisle (m): An aisle is at least 2 m wide, so that two people with goods can pass."]),
        (422, ["Booths: Write a whole number in digits."]),
        (422, ["What is sold there, in Vietnamese: Fill this in."]),
    ]
    assert [zone.code for zone in zones_of(session, fair)] == ["A"]


def test_ground_is_resized_and_refused(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    small = {"do": "ground", "ground_width_m": "10", "ground_depth_m": "10"}
    assert desk.send(path, small).status_code == 422
    assert desk.send(path, {**small, "ground_width_m": "70,5", "ground_depth_m": "30"}).status_code == 303
    session.expire_all()
    assert [(plan.width_m, plan.depth_m) for plan in plans_of(session, fair)] == [(70.5, 30)]


def test_ticked_booths_are_blocked_and_opened(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair, booths=3)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    ticked = {"do": "booths", "booth": ["A01", "A03"]}
    statuses = [
        desk.send(path, {**ticked, "action": "block", "reason": ""}).status_code,
        desk.send(path, {**ticked, "action": "block", "reason": "Tủ điện"}).status_code,
        desk.send(path, {"do": "booths", "booth": "A01", "action": "open"}).status_code,
        desk.send(path, {"do": "booths", "booth": "A02", "action": "remove"}).status_code,
        desk.send(path, {"do": "booths", "action": "remove"}).status_code,
        desk.send(path, {"do": "booths", "booth": "A02", "action": "explode"}).status_code,
        desk.send(path, {"do": "dance"}).status_code,
    ]
    assert statuses == [422, 303, 303, 303, 422, 404, 404]
    session.expire_all()
    assert [(booth.code, booth.switch, booth.reason) for booth in booths_of(session, fair)] == [
        ("A01", "open", ""),
        ("A02", "removed", ""),
        ("A03", "blocked", "Tủ điện"),
    ]


def test_chosen_booth_shows_its_panel(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    session.commit()
    page = desk.get(f"/en/organise/fairs/{fair.slug}/plan/forms?booth=A02").text
    assert re.findall(r'<div class="card stack g3" id="booth">.*?<h2 class="h3">(.*?)</h2>', page, re.DOTALL) == [
        "Booth A02"
    ]
    assert 'id="booth"' not in desk.get(f"/organise/fairs/{fair.slug}/plan/forms?booth=Z99").text


def test_zone_is_renamed_and_removed(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    zone = a_zone(session, player, fair)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan/zones/{zone.id}"
    assert desk.send(path, {"name_vi": " "}).status_code == 422
    assert desk.send(path, {"name_vi": "Đặc sản", "name_en": ""}).status_code == 303
    session.expire_all()
    assert zone.name_vi == "Đặc sản"
    session.rollback()
    assert desk.get(f"{path}/remove").status_code == 200
    assert desk.send(f"{path}/remove", {}).status_code == 303
    assert plans_of(session, fair) == []


def test_zone_of_another_fair_is_not_found(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair, other = a_draft_fair(session, player), a_draft_fair(session, player)
    zone = a_zone(session, player, other)
    session.commit()
    assert desk.get(f"/organise/fairs/{fair.slug}/plan/zones/{zone.id}").status_code == 404


def test_fair_without_venue_says_so(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    first = a_draft_fair(session, player).first_day
    fair = create_fair(
        session,
        player.actor,
        organisation_id=player.organisation.id,
        kind="fair",
        name_vi="Chưa có chỗ",
        first_day=first,
        last_day=first,
    )
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    assert "No venue yet" in desk.get(f"/en{path}").text
    assert desk.send(path, ZONE, form_on="/organise/fairs/new").status_code == 404


def test_plan_asks_the_same_number_of_queries_for_one_and_three_hundred_booths(
    app: Flask, session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    zone: Zone = a_zone(session, player, fair, booths=1)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    before = queries_of(app, desk, path)
    add_zone_with_rows(session, player.actor, zone.plan, code="B", name_vi="Khu B", booths=299, per_row=20)
    session.commit()
    assert queries_of(app, desk, path) == before


def queries_of(app: Flask, desk: OrganiserBrowser, path: str) -> int:
    desk.get(path)
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    sa.event.listen(engine, "before_cursor_execute", note)
    assert desk.get(path).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def names_booth(page: str, code: str) -> bool:
    """Whether the code stands there by itself: a token may hold its letters by chance."""
    return re.search(rf"(?<![\w.-]){code}(?![\w.-])", page) is not None


def test_the_board_holds_nothing_of_the_plan_and_the_forms_hold_all_of_it(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan"
    board, forms = desk.get(path).text, desk.get(f"{path}/forms").text
    assert ("data-plan-editor" in board, names_booth(board, "A02")) == (True, False)
    way_out = re.findall(r'<noscript><meta http-equiv="refresh" content="0; url=(.*?)"></noscript>', board)
    assert way_out == [f"{path}/forms?venue={fair.venues[0].id}"]
    assert ("data-plan-editor" in forms, names_booth(forms, "A02"), 'data-b="A01"' in forms) == (False, True, True)
    answer = desk.send(f"{path}/forms", {**ZONE, "code": "B"})
    assert (answer.status_code, answer.location) == (303, way_out[0])


def test_the_board_is_as_small_for_hundreds_of_booths_as_for_six(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fairs = [a_draft_fair(session, player, name=name) for name in ("Nhỏ", "Lớn")]
    for fair, booths in zip(fairs, (6, 400), strict=True):
        a_zone(session, player, fair, booths=booths)
    session.commit()
    small, large = (len(desk.get(f"/organise/fairs/{fair.slug}/plan").text) for fair in fairs)
    assert abs(large - small) < 100


def test_document_of_the_editor_is_the_plan_as_a_document(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    zone = a_zone(session, player, fair, "B")
    block_booth(session, player.actor, zone.booths[0], "Tủ điện")
    remove_booth(session, player.actor, zone.booths[1])
    zone.booths[2].open_sides, zone.booths[2].power_w = "front left", 2_000
    zone.plan.fixtures.append(PlanFixture(kind="stage", x_cm=10, y_cm=20, width_cm=300, depth_cm=200))
    session.commit()
    address = f"/organise/fairs/{fair.slug}/plan/{zone.plan_id}/document"
    assert desk.get(address).json["document"] == plan_as_document(zone.plan)


def test_rules_are_told_beside_fields_that_cannot_be_read(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair, "A", 2)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/plan/forms"
    typed = {**ZONE, "code": "A", "booths": "nhiều", "first_code": "số một", "booth_width_m": "90"}
    told = desk.send(path, typed)
    wrong = set(re.findall(r'id="(\w+)-error"', told.text))
    assert (told.status_code, wrong) == (422, {"code", "booths", "first_code", "booth_width_m"})
    assert [zone.code for zone in zones_of(session, fair)] == ["A"]


def test_booths_without_a_tick_and_a_reason_too_long_are_told_together(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair, "A", 2)
    session.commit()
    typed = {"do": "booths", "action": "block", "reason": "x" * 201}
    told = desk.send(f"/organise/fairs/{fair.slug}/plan/forms", typed)
    said = ("Đánh dấu các gian trước" in told.text, "200" in told.text)
    assert (told.status_code, said) == (422, (True, True))
