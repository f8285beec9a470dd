"""A visitor's way through a plan of 400 booths: by keys alone, without a script, and as axe sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from demonstration.people import make_cast
from events.fairs.fair import FairVenue
from events.fairs.organise_fair import publish_fair
from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.places.venue import Venue, find_or_add_venue
from tests.benchmarks.ground import GroundBuilder
from tests.cast import a_confirmed_application, a_draft_fair, a_producer, a_zone, an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.traveller import Traveller

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer

FULL = 60


@pytest.fixture(scope="module")
def address(live_server: RealServer) -> str:
    """The plan of a fair with 400 booths, three of them taken."""
    with database_of(live_server) as session:
        player = an_organiser(session)
        fair = an_open_fair(session, player, booths=200)
        for number, booth in enumerate((0, 9, 20)):
            unit = a_producer(session, f"HTX Số {number}", f"so{number}@unit.example")
            a_confirmed_application(session, player, unit, fair, booth)
        return f"/fairs/{fair.slug}/plan"


def test_by_keys_alone(travel: Callable[..., Traveller], axe: Callable[[Page], None], address: str) -> None:
    page = travel().page
    page.goto(f"{address}#A010")
    expect(page.locator(".plan [data-b]")).to_have_count(400)
    axe(page)
    expect(page.locator(".plan a[aria-current]")).to_have_attribute("href", "#gian-A010")
    box, plan = page.locator("#drawing .planbox"), page.locator("#drawing svg.plan")
    box.focus()
    before = plan.bounding_box()
    page.keyboard.press("+")
    after = plan.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]
    page.keyboard.press("0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#gian-A0(01|10|21)$"))
    page.locator("input[name=pick][value=A021]").focus()
    page.keyboard.press("Space")
    page.goto(address)
    expect(page.locator("input[name=pick][value=A021]")).to_be_checked()
    page.locator("input[name=pick][value=A001]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#round .code")).to_have_count(2)
    axe(page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_script(travel: Callable[..., Traveller], address: str, language: str) -> None:
    traveller = travel(language, with_script=False)
    page, prefix = traveller.page, "/en" if language == "en" else ""
    page.goto(f"{prefix}{address}")
    expect(page.locator("[data-zoom]")).to_be_hidden()
    page.locator("input[name=pick][value=A001]").check()
    page.locator("input[name=pick][value=A010]").check()
    page.locator("form[data-round] button").click()
    expect(page.locator("#round .code")).to_have_count(2)
    page.goto(f"{prefix}{address}?q=mien+dong")
    expect(page.locator(".plan .b.hot")).to_have_count(3)
    page.locator(".item .t").first.click()
    expect(page.locator("h1")).to_contain_text("A001")


@pytest.fixture
def full_address(live_server: RealServer) -> str:
    """The plan of a fair whose booths are all taken, each by a unit of its own."""
    with database_of(live_server) as session:
        an_open_fair(session, an_organiser(session, email="kin@organisers.example"), booths=1)  # brings a venue along
        builder = GroundBuilder(session, make_cast(session), session.scalars(select(Venue).limit(1)).one())
        return f"/fairs/{builder.fair_with_exhibitors(FULL)}/plan"


def test_address_of_a_booth_marks_it(
    travel: Callable[..., Traveller], axe: Callable[[Page], None], address: str
) -> None:
    page = travel("en").page
    page.goto(f"/en{address}#a010")  # in small letters, as people type
    taken = page.locator('.plan [data-b="A010"]')
    expect(page.locator(".plan a:focus")).to_have_attribute("href", "#gian-A010")
    expect(page.locator("[data-here]")).to_contain_text("Booth A010, HTX Số 1, confirmed")
    expect(page.locator("#gian-A010")).to_have_class("item hit")
    plain = page.locator('.plan [data-b="A001"] rect').first
    marked = taken.locator("rect").first
    colour = "node => getComputedStyle(node).fill"
    assert marked.evaluate(colour) != plain.evaluate(colour)
    page.goto(f"/en{address}#A002")
    expect(page.locator('.plan [data-b="A002"]')).to_be_focused()
    expect(page.locator("[data-here]")).to_have_text("Booth A002, free")
    expect(page.locator('.plan [data-b="A002"]')).to_be_in_viewport()
    assert taken.evaluate("node => node.classList.contains('here')") is False
    axe(page)
    page.goto(f"/en{address}#Z99")
    expect(page.locator("[data-here]")).to_have_text("There is no booth Z99 on this drawing.")


def test_address_of_a_booth_at_another_venue_leads_there(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    with database_of(live_server) as session:
        player = an_organiser(session, email="hai-noi@organisers.example")
        fair = a_draft_fair(session, player, name="Hội chợ hai nơi")
        there = find_or_add_venue(session, name_vi="Hạ Long Park", locality=fair.venues[0].venue.locality)
        fair.venues.append(FairVenue(venue=there, position=2))
        session.flush()
        a_zone(session, player, fair, "A", 4)
        hall = ensure_plan(session, player.actor, fair, fair.venues[1], width_m=60, depth_m=40)
        add_zone_with_rows(session, player.actor, hall, code="B", name_vi="Khu B", name_en="", booths=4, per_row=4)
        publish_fair(session, player.actor, fair)
        session.commit()
        address = f"/fairs/{fair.slug}/plan"
    page = travel().page
    page.goto(f"{address}#b03")
    expect(page.locator('.plan [data-b="B03"]')).to_be_focused()
    page.goto(f"{address}#A02")
    expect(page.locator('.plan [data-b="A02"]')).to_be_focused()
    page.goto(f"{address}#Z99")
    expect(page.locator("[data-here]")).to_have_text("Bản vẽ này không có gian Z99.")


def test_address_of_a_booth_marks_it_without_a_script(travel: Callable[..., Traveller], address: str) -> None:
    page = travel("en", with_script=False).page
    page.goto(f"/en{address}#A002")
    marked, other = page.locator("#A002 rect").first, page.locator("#A003 rect").first
    colour = "node => getComputedStyle(node).fill"
    expect(page.locator("#A002")).to_be_in_viewport()
    assert marked.evaluate(colour) != other.evaluate(colour)


def test_with_all_booths_taken(
    travel: Callable[..., Traveller], axe: Callable[[Page], None], full_address: str
) -> None:
    page = travel().page
    page.goto(full_address)
    axe(page)
    booths = page.locator(".plan a")
    expect(booths).to_have_count(FULL)
    codes = set(booths.evaluate_all("links => links.map(link => link.getAttribute('href'))"))
    listed = page.locator("li.item[id]").evaluate_all("rows => rows.map(row => `#${row.id}`)")
    assert set(listed) == codes
    assert len(codes) == FULL
    # one stop for the whole drawing, then the arrow keys; nobody presses Tab a hundred times
    page.locator("#drawing .planbox").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.plan') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.plan') === null")
    walk_by_arrows(page, codes)


def walk_by_arrows(page: Page, codes: set[str]) -> None:
    """From booth to booth: there and back, to both ends, and along until every booth of a row has been passed."""
    focused = "document.activeElement.getAttribute('href')"

    def press(key: str) -> str:
        page.keyboard.press(key)
        code: str = page.evaluate(focused)
        return code

    page.locator(".plan a[tabindex='0']").focus()
    first = press("Home")
    assert first != press("End")
    assert press("Home") == first
    right = press("ArrowRight")
    assert right not in {first, ""}
    assert press("ArrowLeft") == first
    down = press("ArrowDown")
    assert down not in {first, right}
    assert press("ArrowUp") == first
    passed = [first]
    while (code := press("ArrowRight")) != passed[-1]:
        assert code not in passed
        passed.append(code)
    assert len(passed) > 5
    assert set(passed) <= codes
    assert page.locator(".plan a[tabindex='0']").count() == 1
    expect(page.locator(f".plan a[href='{passed[-1]}']")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{re.escape(passed[-1])}$"))
