"""Producers are put on booths, moved, swapped and taken off by dragging them on the allocation board."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from tests.cast import a_producer, a_submitted_application, an_open_fair, an_organiser, booths_of
from tests.journeys.crowd import database_of
from tests.journeys.test_allocation import board
from tests.journeys.traveller import Traveller, enter, press, sign_in
from tests.machine_speed import slowness_by_the_wall

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair
    from tests.cast import OrganiserPlayer
    from tests.real_server import RealServer

RUNS = 5
FRAMES = Path(__file__).with_name("count_carried_frames.js").read_text(encoding="utf-8")


def accepted(session: Session, organiser: OrganiserPlayer, fair: Fair, name: str) -> BoothApplication:
    """An application noted as accepted."""
    player = a_producer(session, f"HTX {name}", f"{name.lower()}@keo.example")
    application = a_submitted_application(session, fair, player)
    take_up(session, organiser.actor, application)
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    return application


def carry(page: Page, what: Locator, where: Locator) -> None:
    """Drag with the mouse, in steps as a hand does, and wait for the board to come back."""
    start, end = what.bounding_box(), where.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 20, steps=8)
    with page.expect_navigation():
        page.mouse.up()


def booth(page: Page, code: str) -> Locator:
    """A booth of the plan."""
    return page.locator(f"svg.plan .b[data-b={code}]")


def row(page: Page, code: str) -> Locator:
    """Somebody in a list."""
    return page.locator(f"[data-drag={code}] .t")


def test_placed_moved_swapped_and_taken_off_by_dragging(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    with database_of(live_server) as session:
        organiser = an_organiser(session, "Ban tổ chức Kéo", "keo@btc.example")
        fair = an_open_fair(session, organiser, booths=3, name="Hội chợ Kéo")
        one, other = (accepted(session, organiser, fair, name).code for name in ("Trăng", "Sao"))
        slug = fair.slug
    traveller = travel()
    page = traveller.page
    sign_in(traveller, "keo@btc.example")
    traveller.go(f"/organise/fairs/{slug}/booths")
    carry(page, row(page, one), booth(page, "A01"))
    assert board(live_server, [one, other]) == {one: ["A01"]}
    carry(page, booth(page, "A01"), booth(page, "B02"))
    assert board(live_server, [one, other]) == {one: ["B02"]}
    carry(page, row(page, other), booth(page, "A01"))
    carry(page, booth(page, "A01"), booth(page, "B02"))
    assert board(live_server, [one, other]) == {one: ["A01"], other: ["B02"]}
    carry(page, booth(page, "B02"), page.locator("[data-live-part=lacking]"))
    assert board(live_server, [one, other]) == {one: ["A01"]}
    traveller.go(f"/organise/fairs/{slug}/booths")
    press(traveller, page.locator("form[action$='/undo'] button"))
    assert board(live_server, [one, other]) == {one: ["A01"], other: ["B02"]}
    press(traveller, page.locator("form[action$='/redo'] button"))
    assert board(live_server, [one, other]) == {one: ["A01"]}


def test_let_go_beside_the_booths_or_given_up_nothing_moves(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    with database_of(live_server) as session:
        organiser = an_organiser(session, "Ban tổ chức Buông", "buong@btc.example")
        fair = an_open_fair(session, organiser, booths=2, name="Hội chợ Buông")
        code, slug = accepted(session, organiser, fair, "Gió").code, fair.slug
    traveller = travel()
    page = traveller.page
    enter(traveller, "buong@btc.example")
    traveller.go(f"/organise/fairs/{slug}/booths")
    start = row(page, code).bounding_box()
    assert start is not None
    for ends_with_escape in (True, False):
        page.mouse.move(start["x"] + 5, start["y"] + 5)
        page.mouse.down()
        page.mouse.move(start["x"] + 300, 5, steps=4)
        expect(page.locator(".carried")).to_have_count(1)
        if ends_with_escape:
            page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.locator(".carried")).to_have_count(0)
    row(page, code).click()  # a press is still a press
    expect(page).to_have_url(re.compile(f"application={code}"))
    assert board(live_server, [code]) == {}


def test_400_booths_are_dragged_over_smoothly(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    """The middle of several runs, from the press over sixty moves to letting go."""
    with database_of(live_server) as session:
        organiser = an_organiser(session, "Ban tổ chức Rộng", "rong@btc.example")
        fair = an_open_fair(session, organiser, booths=200, name="Hội chợ Rộng")
        first = accepted(session, organiser, fair, "Biển")
        place_on_booth(session, organiser.actor, first, booths_of(session, fair)[0])
        slug = fair.slug
    traveller = travel()
    enter(traveller, "rong@btc.example")
    traveller.page.goto(f"/organise/fairs/{slug}/booths")
    runs = [traveller.page.evaluate(FRAMES, {"moves": 60}) | {"slowness": slowness_by_the_wall()} for _ in range(RUNS)]
    assert {(run["booths"], run["under"]) for run in runs} == {(400, 60)}
    assert median(run["perSecond"] * run["slowness"] for run in runs) >= 50, runs  # frames of the usual machine
