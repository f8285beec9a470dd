"""A hall of 300 booths drawn from nothing with what a hand has, each act with the time that it takes a person.

The times are those of the keystroke-level model (S. K. Card, T. P. Moran, A. Newell: The keystroke-level model for user
performance time with interactive systems, Communications of the ACM 23(7), 1980), for somebody who is no typist.

    ./run &
    .venv/bin/python -m tests.journeys.draw_by_hand http://127.0.0.1:8000 /organise/fairs/SLUG/plan docs/pictures
"""

from __future__ import annotations

import argparse
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from tests.journeys.stage import LAUNCH, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEY, BUTTON, POINT, HOME, THINK = 0.28, 0.1, 1.1, 0.4, 1.35
"""Seconds: a key; a button down or up; pointing at something; a hand from mouse to keys; making up one's mind."""

ZONES = ("Hải sản", "Miến, nông sản", "Trà, rượu", "Thủ công", "Ẩm thực")
TO_PLAN = "svg => { const m = svg.getScreenCTM(); return [m.a, m.e, m.f]; }"
METRE = 34 / 3
"""One metre in units of the drawing."""


@dataclass(slots=True)
class Hand:
    """Mouse and keyboard of one person; counts acts and what they cost."""

    page: Page
    seconds: float = 0
    acts: int = 0
    on_keys: bool = False
    stations: list[tuple[str, int, float]] = field(default_factory=list)

    def _act(self, cost: float, *, keys: bool) -> None:
        self.seconds += THINK + cost + (HOME if keys != self.on_keys else 0)
        self.on_keys = keys
        self.acts += 1

    def press(self, target: Locator, *, times: int = 1) -> None:
        """Point at the middle of something, once it holds still, and press the mouse button."""
        target.click(click_count=times)
        self._act(POINT + 2 * BUTTON * times, keys=False)

    def press_at(self, point: tuple[float, float]) -> None:
        """Press the mouse button at a point of the window."""
        self.page.mouse.click(*point)
        self._act(POINT + 2 * BUTTON, keys=False)

    def type(self, words: str, *, then: str = "") -> None:
        """Type words as Telex does, a key more for each sign on a letter, and perhaps one key after them."""
        self.page.keyboard.type(words)
        if then:
            self.page.keyboard.press(then)
        self._act(KEY * (len(unicodedata.normalize("NFD", words)) + bool(then)), keys=True)

    def keys(self, *chords: str) -> None:
        """Press keys one after another."""
        for chord in chords:
            self.page.keyboard.press(chord)
        self._act(KEY * sum(1 + chord.count("+") for chord in chords), keys=True)

    def replace(self, target: Locator, words: str, *, then: str = "Tab") -> None:
        """Put other words into a field."""
        self.press(target)
        self.page.keyboard.press("Control+a")
        self.seconds += 2 * KEY
        self.type(words, then=then)

    def see_the_drawing(self) -> None:
        """Turn the wheel until the whole board is in the window."""
        before = self.page.evaluate("scrollY")
        self.page.locator("[data-drawing-box]").scroll_into_view_if_needed()
        if self.page.evaluate("scrollY") != before:
            self._act(POINT, keys=False)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one point of the window to another with the button down."""
        size = self.page.viewport_size
        assert size is not None
        assert all(0 <= x < size["width"] and 0 <= y < size["height"] for x, y in (start, end)), (start, end)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=12)
        self.page.mouse.up()
        self._act(2 * POINT + 2 * BUTTON, keys=False)

    def at(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Where a point of the plan is on the screen; the eye finds it by the grid."""
        scale, left, top = self.page.locator("svg.drawing").evaluate(TO_PLAN)
        return left + x_m * METRE * scale, top + y_m * METRE * scale

    def arrive(self, name: str) -> None:
        """A step of the description is done."""
        self.stations.append((name, self.acts, self.seconds))


def draw_hall(page: Page, look: Callable[[str], None] = lambda _name: None) -> Hand:
    """From an empty floor plan to a saved hall of 300 booths without a fault; `look` hears each step's name."""
    hand = Hand(page)

    def arrive(name: str) -> None:
        hand.arrive(name)
        look(name)

    _begin(hand)
    arrive("ground")
    _add_blocks(hand)
    arrive("booths")
    _put_things(hand)
    arrive("things")
    _say_what_is_there(hand)
    arrive("facilities")
    expect(page.locator("[data-checks] button")).to_have_count(0)
    hand.keys("Control+s")
    expect(page.locator("[data-status][data-state=saved]")).to_be_visible()
    arrive("saved")
    return hand


def _begin(hand: Hand) -> None:
    hand.press(hand.page.locator("form:has(input[name=do][value=begin]) button"))
    hand.page.locator("[data-plan-editor][data-ready]").wait_for()
    ground = hand.page.locator("form[data-inspector=plan]")
    hand.replace(ground.locator("[name=width_cm]"), "72")
    hand.type("86", then="Tab")


def _add_blocks(hand: Hand) -> None:
    """Five blocks of 60; each comes below what stands, the second and the fourth are dragged beside the one before."""
    rows = hand.page.locator("form[data-rows]")
    for number, (letter, name) in enumerate(zip("ABCDE", ZONES, strict=True)):
        if number == 0:
            hand.replace(rows.locator("[name=count]"), "60")
            hand.replace(rows.locator("[name=per_row]"), "10")
        else:
            hand.replace(rows.locator("[name=zone_code]"), letter)
            hand.replace(rows.locator("[name=first_code]"), f"{letter}01")
        hand.replace(rows.locator("[name=zone_name]"), name, then="Enter")
        if number == 0:
            for _ in range(3):
                hand.press(hand.page.locator("[data-do=zoom-out]"))
            hand.arrive("first block")
        if number % 2:
            hand.see_the_drawing()
            top = 3 + 27 * (number // 2)
            hand.drag(hand.at(4.5, top + 28.5), hand.at(37.5, top + 1.5))
    hand.see_the_drawing()
    hand.press_at(hand.at(50, 70))
    hand.keys("Control+a", "ArrowDown", "ArrowDown")


def _put_things(hand: Hand) -> None:
    places = [("gate", 54, 85.5), ("exit", 34.5, 0.5), ("stage", 54, 69), ("desk", 42, 64), ("first_aid", 66, 64)]
    for kind, x, y in places:
        _put(hand, kind, x, y)
    _put(hand, "exit", 70.5, 70)
    hand.keys("]")


def _put(hand: Hand, kind: str, x: float, y: float) -> None:
    """A new thing appears in the middle of what is seen, chosen; it is dragged where it belongs."""
    hand.press(hand.page.locator(f"[data-do=fixture][data-kind={kind}]"))
    hand.see_the_drawing()
    body = hand.page.locator(".layer-over polygon.frame").bounding_box()
    assert body is not None
    hand.drag((body["x"] + body["width"] / 2, body["y"] + body["height"] / 2), hand.at(x, y))


def _say_what_is_there(hand: Hand) -> None:
    """Food is cooked in zone E: a box is drawn around its booths and said once what they have."""
    booth = hand.page.locator("form[data-inspector=booth]")
    hand.see_the_drawing()
    hand.drag(hand.at(1.5, 56.5), hand.at(34.5, 83.5))
    hand.replace(booth.locator("[name=power_w]"), "2")
    hand.press(booth.locator("label:has([name=has_water])"))
    hand.press(booth.locator("label:has([name=allows_open_flame])"))


def main() -> None:
    """Draw on a running server and keep a picture of each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("path", help="the floor plan of a fair on which nothing is drawn")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=Path, default=Path("instance/demo-accounts.txt"))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=LAUNCH)
        page = browser.new_context(
            base_url=given.url, locale="vi-VN", viewport={"width": 1280, "height": 900}
        ).new_page()
        page.goto("/sign-in")
        page.fill("[name=email]", "bantochuc@demo.example")
        page.fill("[name=password]", given.accounts.read_text().split()[1])
        page.locator("form:has([name=password]) button").click()
        page.goto(given.path)
        given.folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()

        def keep(name: str) -> None:
            page.locator("svg.drawing").evaluate("node => node.closest('.studio').scrollIntoView()")
            page.screenshot(path=given.folder / f"draw-{name}.png")

        hand = draw_hall(page, keep)
        for name, acts, seconds in hand.stations:
            sys.stdout.write(f"{name}: {acts} acts, {seconds:.0f} s by hand\n")
        sys.stdout.write(f"the script itself: {time.monotonic() - began:.0f} s\n")
        browser.close()


if __name__ == "__main__":
    main()
