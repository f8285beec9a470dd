"""A traveller of the journeys: a browser in one language, the words it meets there, how pages are walked through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ALERT = "main [role=alert] >> visible=true"
PATIENCE = 30_000
"""Milliseconds that a journey waits for what must come: no bar, a machine may be slow."""
UNTIL_NOTHING_WAITS = """() => new Promise((done, fail) => {
  const since = Date.now();
  const look = () => {
    if (!Object.keys(localStorage).some((key) => key.startsWith("draft:"))) done();
    else if (Date.now() - since > 30_000) fail(new Error("typed words still wait on the device"));
    else setTimeout(look, 50);
  };
  look();
})"""
WORDS = {
    "vi": {
        "title of home": "Hội chợ OCOP Quảng Ninh",
        "receipt": "Đã nhận đơn",
        "take": "Nhận gian A02",
        "confirmed": "Gian A02 là của bạn",
        "subscribe": "Đăng ký nhận lịch",
        "letter of acceptance": "được nhận tham gia",
        "confirm letter": "Xác nhận địa chỉ",
    },
    "en": {
        "title of home": "OCOP fairs in Quảng Ninh",
        "receipt": "We have your application",
        "take": "Take booth A02",
        "confirmed": "Booth A02 is yours",
        "subscribe": "Subscribe to the calendar",
        "letter of acceptance": "You have a place at",
        "confirm letter": "Confirm your",
    },
}


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody with a browser, in one language; `look` judges the page that is open."""

    page: Page
    language: str
    look: Callable[[Page], None]
    has_script: bool = True

    def go(self, path: str) -> None:
        """Open an address of the traveller's language and look at it."""
        self.page.goto(("/en" if self.language == "en" else "") + path)
        self.arrive()

    def arrive(self) -> None:
        """Look at the page that a step has led to."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        self.page.wait_for_load_state()
        self.look(self.page)

    def says(self, what: str) -> str:
        """Words of the interface."""
        return WORDS[self.language][what]


def press(traveller: Traveller, button: Locator) -> None:
    """Press a button that leads to another page, and look at that page."""
    with traveller.page.expect_navigation():
        button.click()
    traveller.arrive()


def listens(page: Page, sign: Locator, words: str | None = None) -> None:
    """Returns when a page that a link, a key or a form has led to shows its sign and its scripts have run: what is read
    may be seen before a key is heard.
    """
    if words is None:
        expect(sign).to_be_visible()
    else:
        expect(sign).to_have_text(words)
    page.wait_for_load_state()


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields by their names."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def sign_in(traveller: Traveller, email: str) -> None:
    """Sign in with the password that everybody has here."""
    traveller.go("/sign-in")
    fill(traveller.page, {"email": email, "password": PASSWORD})
    press(traveller, traveller.page.locator("form:has([name=password]) button"))


def enter(traveller: Traveller, email: str) -> None:
    """Sign in without passing the pages, for a journey that begins behind them: others pass and judge them."""
    request = traveller.page.context.request
    token = re.search(r'name="csrf_token" value="([^"]+)"', request.get("/sign-in").text())
    assert token is not None
    answer = request.post("/sign-in", form={"csrf_token": token[1], "email": email, "password": PASSWORD})
    assert not answer.url.endswith("/sign-in"), answer.text()


def expect_named(page: Page, name: str, typed: str | None = None, *, with_script: bool = True) -> None:
    """The summary leads to the field, the field says what is wrong, and what was typed is still in it."""
    field = page.locator(f"main [name={name}][id]").first
    target = page.locator(f"#{field.get_attribute('id')}")
    summary = page.locator(ALERT).first
    if with_script:
        expect(summary).to_be_focused()
    expect(summary.locator(f"a[href='#{field.get_attribute('id')}']")).not_to_be_empty()
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field.get_attribute('id')}-error")).not_to_be_empty()
    if typed is not None:
        expect(field).to_have_value(typed)


def nothing_waits(page: Page) -> None:
    """Returns when no typed words wait on the device: this page has sent them, or the one before it in its last moment,
    when the network was back.
    """
    page.evaluate(UNTIL_NOTHING_WAITS)  # page.wait_for_function evaluates words in the page, which our policy forbids
