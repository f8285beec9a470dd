"""Somebody whose role counts in zone A alone screens and places there, and sees nothing of the others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import save_application, start_application, submit_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.applications.screening_queue import QueueFilters, count_views, neighbours_in_queue, queue_page
from foundation.actor import Role
from tests.cast import BASE_URL, OrganiserPlayer, a_fair_role, a_member, a_producer, booths_of

EMAIL = "zone-a@halong.example"


def apply_for(session: Session, fair: Fair, zone: Zone, name: str) -> BoothApplication:
    player = a_producer(session, f"HTX {name}", f"{name}@x.example")
    application = start_application(session, player.actor, fair, player.producer)
    save_application(
        session,
        player.actor,
        application,
        zone_ids=[zone.id],
        booths_wanted=1,
        anywhere=False,
        needs_power=False,
        product_ids=[product.id for product in player.producer.products],
        fascia_name=name,
        needs_water=False,
        note="",
    )  # fmt: skip - the fields of one form
    return submit_application(
        session, player.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
    )


@pytest.fixture
def applications(store: Session, fair: Fair, organiser: OrganiserPlayer) -> list[BoothApplication]:
    """One for zone A, one for zone B, both staged to be accepted; the second stands on B01."""
    zones = store.scalars(select(Zone).order_by(Zone.code)).all()
    made = [apply_for(store, fair, zone, name) for zone, name in zip(zones, ("mien", "muc"), strict=True)]
    for application in made:
        take_up(store, organiser.actor, application)
        stage_decision(store, organiser.actor, application, Decision.ACCEPT)
    place_on_booth(store, organiser.actor, made[1], next(b for b in booths_of(store, fair) if b.code == "B01"))
    store.commit()
    return made


def limited(store: Session, fair: Fair, organiser: OrganiserPlayer, role: Role) -> None:
    member = a_member(store, organiser, Role.LIMITED, EMAIL)
    a_fair_role(store, member, fair, role, zone="A")
    store.commit()


def test_queue_and_its_counts_hold_the_zones_alone(
    store: Session, fair: Fair, applications: list[BoothApplication]
) -> None:
    zone_a = applications[0].wishes[0].zone_id
    filters = QueueFilters(only_zones=frozenset({zone_a}))
    assert [row.code for row in queue_page(store, fair, filters, 1).rows] == [applications[0].code]
    assert neighbours_in_queue(store, fair, filters, applications[0]) == (None, None)
    assert (count_views(store, fair)["all"], count_views(store, fair, filters.only_zones)["all"]) == (2, 1)
    assert queue_page(store, fair, QueueFilters(only_zones=frozenset()), 1).total == 0


def test_reviewer_of_a_zone_screens_there_alone(
    store: Session, fair: Fair, organiser: OrganiserPlayer, applications: list[BoothApplication], visit: Callable
) -> None:
    limited(store, fair, organiser, Role.REVIEWER)
    mine, other = (f"/organise/fairs/{fair.slug}/applications/{application.code}" for application in applications)
    browser = visit(EMAIL)
    page = browser.get(f"/organise/fairs/{fair.slug}/applications").text
    assert (applications[0].code in page, applications[1].code in page) == (True, False)
    assert [browser.get(mine).status_code, browser.get(other).status_code] == [200, 404]
    assert browser.get(f"/applications/{applications[1].code}").status_code == 404
    browser.get(mine)
    assert [browser.post(f"{path}/undecide").status_code for path in (mine, other)] == [303, 404]
    assert browser.post(f"{other}/decision", decision="reject", reason="Không").status_code == 404
    store.expire_all()
    assert [application.pending_decision for application in applications] == [None, "accept"]


def test_board_shows_booths_and_applications_of_the_zone_alone(
    store: Session, fair: Fair, organiser: OrganiserPlayer, applications: list[BoothApplication], visit: Callable
) -> None:
    limited(store, fair, organiser, Role.REVIEWER)
    browser = visit(EMAIL)
    page = browser.get(f"/organise/fairs/{fair.slug}/booths").text
    assert (applications[0].code in page, applications[1].code in page, "HTX muc" in page) == (True, False, False)
    assert (set(re.findall(r"/booths/([A-Z])\d\d", page))) == {"A"}
    booths = f"/organise/fairs/{fair.slug}/booths"
    assert [browser.get(f"{booths}/{code}").status_code for code in ("A01", "B01")] == [200, 404]
    placing = browser.post(f"{booths}/A01/place", application=applications[0].code)
    assert placing.status_code == 404


def test_manager_of_a_zone_places_there_alone(
    store: Session, fair: Fair, organiser: OrganiserPlayer, applications: list[BoothApplication], visit: Callable
) -> None:
    limited(store, fair, organiser, Role.MANAGER)
    browser, booths = visit(EMAIL), f"/organise/fairs/{fair.slug}/booths"
    browser.get(f"{booths}/A01")
    mine, other = (application.code for application in applications)
    assert [
        browser.post(f"{booths}/B02/place", application=mine).status_code,
        browser.post(f"{booths}/A02/place", application=other).status_code,
        browser.post(f"{booths}/A02/place", application=other, instead_of="B01", reason="x").status_code,
        browser.post(f"{booths}/B01/vacate", reason="x").status_code,
        browser.post(f"{booths}/A01/place", application=mine).status_code,
    ] == [404, 422, 422, 404, 303]
    for page in ("publish", "edit", "steps", "letters", "team"):
        assert browser.get(f"/organise/fairs/{fair.slug}/{page}").status_code == 404


def test_plan_shows_the_zone_alone_and_nothing_to_draw_with(
    store: Session, fair: Fair, organiser: OrganiserPlayer, applications: list[BoothApplication], visit: Callable
) -> None:
    limited(store, fair, organiser, Role.MANAGER)
    browser, address = visit(EMAIL), f"/organise/fairs/{fair.slug}/plan"
    page = browser.get(f"{address}?booth=B01").text
    assert (set(re.findall(r'data-b="([A-Z])\d\d"', page)), "HTX muc" in page, "data-plan-editor" in page) == (
        {"A"},
        False,
        False,
    )
    assert browser.post(address, do="zone").status_code == 404


def test_way_to_pages_that_are_closed_is_not_shown(
    store: Session, fair: Fair, organiser: OrganiserPlayer, visit: Callable
) -> None:
    limited(store, fair, organiser, Role.REVIEWER)
    browser = visit(EMAIL)
    page = browser.get(f"/organise/fairs/{fair.slug}").text
    ways = re.findall(rf'href="(/organise/fairs/{fair.slug}[^"?]*)', page)
    assert {browser.get(way).status_code for way in ways} == {200}
    assert browser.get("/organise").status_code == 200
