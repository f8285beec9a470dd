"""Without a mouse: sign in, apply for a booth and subscribe by Tab, Enter, Space and the arrow keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.crowd import database_of, organiser_with_open_fair, producer_for
from tests.journeys.traveller import Traveller

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

MOST_TABS = 80
IS_FOCUSED = "element => element === document.activeElement"
OUTLINE = "element => getComputedStyle(element).outlineStyle"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody does who cannot point."""
    for _ in range(MOST_TABS):
        if target.evaluate(IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached in {MOST_TABS} tabs")


def press_enter(page: Page, target: Locator) -> None:
    """Tab to the target and follow it."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_by_keyboard(page: Page, email: str) -> None:
    """From the sign-in page to the person's own page."""
    page.goto("/sign-in")
    tab_to(page, page.locator("[name=email]"))
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/sign-in"))


def test_skip_link_is_first_and_leads_to_the_content(travel: Callable[..., Traveller]) -> None:
    page = travel().page
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.locator("a.skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main input[name=q]")).to_be_focused()


def test_focus_can_be_seen_on_everything_that_takes_it(travel: Callable[..., Traveller]) -> None:
    page = travel().page
    page.goto("/")
    page.locator("body").evaluate("body => body.focus()")
    unseen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() == 0 or focused.evaluate("element => element === document.body"):
            break
        if focused.evaluate(OUTLINE) == "none" and not focused.evaluate("element => element.closest('.search, .item')"):
            unseen.append(focused.evaluate("element => element.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_summary_of_errors_takes_the_focus(travel: Callable[..., Traveller], noise: Noise) -> None:
    noise.expect_status(422)
    page = travel().page
    page.goto("/sign-up")
    press_enter(page, page.locator("form:has([name=password]) button"))
    summary = page.locator("[role=alert]")
    expect(summary).to_be_focused()
    press = summary.locator("a").first
    tab_to(page, press)
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()


def test_producer_applies_by_keyboard(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    with database_of(live_server) as session:
        _, slug = organiser_with_open_fair(session, "Phím")
        email = producer_for(session, "Phím")
    page = travel().page
    sign_in_by_keyboard(page, email)
    press_enter(page, page.locator(f"main a[href$='/apply/{slug}']").first)
    tab_to(page, page.locator("[name=needs_power]"))
    page.keyboard.press("Space")
    tab_to(page, page.locator("[name=wish_1]"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("[name=note]"))
    page.keyboard.type("Gửi bằng bàn phím")
    press_enter(page, page.locator("button[name=action][value=send]"))
    for tick in ("rules_accepted", "pledge_given"):
        tab_to(page, page.locator(f"[name={tick}]"))
        page.keyboard.press("Space")
    press_enter(page, page.locator("form:has([name=rules_accepted]) button"))
    expect(page.locator("h1")).to_contain_text("Đã nhận đơn")
    expect(page.locator("main")).to_contain_text("Khu A")


def test_visitor_subscribes_by_keyboard(travel: Callable[..., Traveller]) -> None:
    page = travel().page
    page.goto("/calendar")
    opener = page.locator("main a[data-open=subscribe]")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#subscribe")
    expect(dialog).to_be_visible()
    tab_to(page, page.locator("#feed-link"))
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)") is True
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
