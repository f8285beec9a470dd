"""Takes pictures of every screen of a running server, to be looked at; run by hand, never collected by pytest.

    ./run &
    .venv/bin/python -m tests.journeys.take_pictures http://127.0.0.1:8000 /tmp/pictures
    .venv/bin/python -m tests.journeys.take_pictures http://127.0.0.1:8000 docs/pictures --readme

Few and many rows are two servers with data of their own: what `flask demo --first-run` makes, and the same with
`flask demo --stage screening --booths 300 --applications 600` on top (then say `--fair` with the slug it prints).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.journeys.stage import LAUNCH, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, StorageState

WIDTHS = (1280, 390)
LANGUAGES = ("vi", "en")
SCHEMES = ("light", "dark")
ROLES = {"organiser": "bantochuc@demo.example", "producer": "coso@demo.example"}
README_SCREENS = {"home": "home", "dashboard": "dashboard"}
README_MOST_BYTES = 250_000
MOST_HEIGHT = 12_000


@dataclass(frozen=True, slots=True)
class Screen:
    """A page to be taken; `{fair}`, `{running}`, `{past}` … in its path stand for what the server holds."""

    name: str
    path: str
    role: str = ""


SCREENS = (
    Screen("home", "/"),
    Screen("calendar", "/calendar"),
    Screen("calendar-of-the-fair", "/calendar?month=2027-02"),
    Screen("fairs", "/fairs"),
    Screen("fairs-none", "/fairs?q=khongcodau"),
    Screen("fair", "/fairs/{fair}"),
    Screen("fair-open", "/fairs/{running}"),
    Screen("fair-open-search", "/fairs/{running}?q=mien"),
    Screen("fair-past", "/fairs/{past}"),
    Screen("products", "/products"),
    Screen("producers", "/producers"),
    Screen("producer", "{producer}"),
    Screen("search", "/search?q=mien+binh+lieu"),
    Screen("search-none", "/search?q=xyzxyz"),
    Screen("subscribe", "/calendar/subscribe"),
    Screen("subscribe-fair", "/fairs/{fair}/subscribe"),
    Screen("apply", "/apply"),
    Screen("about-guide", "/about/guide"),
    Screen("about-open-data", "/about/open-data"),
    Screen("about-accessibility", "/about/accessibility"),
    Screen("about-privacy", "/about/privacy"),
    Screen("sign-in", "/sign-in"),
    Screen("sign-up", "/sign-up"),
    Screen("sign-up-sent", "/sign-up/sent"),
    Screen("forgot-password", "/forgot-password"),
    Screen("mailbox", "/mailbox"),
    Screen("letter", "/mailbox/1"),
    Screen("not-found", "/fairs/khong-co"),
    Screen("account", "/account", "producer"),
    Screen("account-email", "/account/email", "producer"),
    Screen("my-unit", "/producer", "producer"),
    Screen("unit-edit", "/producer/edit", "producer"),
    Screen("product-new", "/producer/products/new", "producer"),
    Screen("application-form", "/apply/{fair}", "producer"),
    Screen("application-review", "/apply/{fair}/review", "producer"),
    Screen("application-status", "/applications/{own}", "producer"),
    Screen("desk", "/organise", "organiser"),
    Screen("fair-new", "/organise/fairs/new", "organiser"),
    Screen("dashboard", "/organise/fairs/{fair}", "organiser"),
    Screen("fair-edit", "/organise/fairs/{fair}/edit", "organiser"),
    Screen("steps", "/organise/fairs/{fair}/steps", "organiser"),
    Screen("step-close-call", "/organise/fairs/{fair}/steps/close_call", "organiser"),
    Screen("plan", "/organise/fairs/{fair}/plan", "organiser"),
    Screen("plan-booth", "/organise/fairs/{fair}/plan/forms?booth=A01", "organiser"),
    Screen("queue", "/organise/fairs/{fair}/applications", "organiser"),
    Screen("review", "/organise/fairs/{fair}/applications/{code}", "organiser"),
    Screen("board", "/organise/fairs/{fair}/booths", "organiser"),
    Screen("board-choosing", "/organise/fairs/{fair}/booths?application={code}", "organiser"),
    Screen("board-by-group", "/organise/fairs/{running}/booths?by=group", "organiser"),
    Screen("booth", "/organise/fairs/{fair}/booths/A01", "organiser"),
    Screen("booth-choosing", "/organise/fairs/{fair}/booths/A02?application={code}", "organiser"),
    Screen("booth-held", "/organise/fairs/{running}/booths/A01", "organiser"),
    Screen("publish", "/organise/fairs/{fair}/publish", "organiser"),
    Screen("letters", "/organise/fairs/{running}/letters", "organiser"),
    Screen("dashboard-open", "/organise/fairs/{running}", "organiser"),
)


class Studio:
    """A browser with one signed-in state for each role."""

    def __init__(self, browser: Browser, url: str, password: str) -> None:
        self.browser = browser
        self.url = url
        self.states: dict[str, StorageState | None] = {"": None}
        for role, email in ROLES.items():
            self.states[role] = self._sign_in(email, password)

    def _sign_in(self, email: str, password: str) -> StorageState:
        context = self.browser.new_context(base_url=self.url)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=email]", email)
        page.fill("[name=password]", password)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        state = context.storage_state()
        context.close()
        return state

    def page(self, role: str, width: int, scheme: str, height: int = 900) -> Page:
        """A page of the role; close its context after use."""
        context = self.browser.new_context(
            base_url=self.url,
            storage_state=self.states[role],
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        return context.new_page()

    def facts(self, fair: str) -> dict[str, str]:
        """What the placeholders of the paths stand for on this server."""
        page = self.page("producer", 1280, "light")
        facts = {"fair": fair or self._first(page, "/apply", r"/apply/([^/?#]+)")}
        facts["running"] = self._first(page, "/fairs?when=now", r"/fairs/([^/?#]+)", facts["fair"])
        facts["past"] = self._first(page, "/fairs?when=past&q=tuan+xuc+tien", r"/fairs/([^/?#]+)", facts["fair"])
        facts["producer"] = self._first(page, "/producers", r"(/producers/[^/?#]+)", "/producers")
        self._keep_a_draft(page, facts["fair"])
        facts["own"] = self._first(page, "/producer", r"/applications/([^/?#]+)", "")
        page.context.close()
        page = self.page("organiser", 1280, "light")
        queue = f"/organise/fairs/{facts['fair']}/applications"
        facts["code"] = self._first(page, queue, r"/applications/(GH-[^/?#]+)", "")
        page.context.close()
        return facts

    def _first(self, page: Page, path: str, pattern: str, otherwise: str | None = None) -> str:
        page.goto(path)
        hrefs = page.locator("main a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        found = [match[1] for href in hrefs if (match := re.search(pattern + r"(?:[?#]|$)", href))]
        if not found and otherwise is None:
            raise SystemExit(f"nothing like {pattern} on {path}")
        return found[0] if found else str(otherwise)

    def _keep_a_draft(self, page: Page, fair: str) -> None:
        """The review page needs a draft; one that was handed in already stays as it is."""
        page.goto(f"/apply/{fair}")
        if page.locator("button[value=save]").count():
            page.locator("button[value=save]").click()


def wanted(screens: tuple[Screen, ...], only: str) -> Iterator[Screen]:
    """All screens, or those whose names are listed with commas."""
    names = set(filter(None, only.split(",")))
    return (screen for screen in screens if not names or screen.name in names)


def take_all(studio: Studio, folder: Path, facts: dict[str, str], only: str, quick: bool) -> None:
    """Every screen in every width, language and colour scheme; says which ones scroll sideways or answer badly."""
    for scheme, language, width in product(SCHEMES, LANGUAGES, WIDTHS):
        if quick and (scheme, language) == ("dark", "en"):
            continue
        pages = {role: studio.page(role, width, scheme) for role in studio.states}
        for screen in wanted(SCREENS, only):
            if "{own}" in screen.path and not facts["own"]:
                continue
            page = pages[screen.role]
            answer = page.goto(("/en" if language == "en" else "") + screen.path.format(**facts))
            name = f"{screen.name}-{language}-{width}{'-dark' if scheme == 'dark' else ''}.png"
            take_whole_page(page, folder / name)
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            status = answer.status if answer else 0
            if beyond > 0 or (status != 200 and screen.name != "not-found"):
                sys.stdout.write(f"{name}: status {status}, {beyond} px too wide" + "\n")
        for page in pages.values():
            page.context.close()


def take_whole_page(page: Page, path: Path) -> None:
    """The window grows to the page first, so that bars that stick to its bottom stand at the end of the picture."""
    usual = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    if usual is not None:
        page.set_viewport_size({"width": usual["width"], "height": max(usual["height"], min(height, MOST_HEIGHT))})
        page.screenshot(path=path, full_page=True)
        page.set_viewport_size(usual)


def take_readme(studio: Studio, folder: Path, facts: dict[str, str]) -> None:
    """The two pictures of the README."""
    for screen in (screen for screen in SCREENS if screen.name in README_SCREENS):
        page = studio.page(screen.role, 1280, "light", height=800)
        page.goto(screen.path.format(**facts))
        path = folder / f"{README_SCREENS[screen.name]}.png"
        page.screenshot(path=path)
        page.context.close()
        size = path.stat().st_size
        sys.stdout.write(f"{path}: {size} bytes{' (too large)' if size > README_MOST_BYTES else ''}" + "\n")


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=Path, default=Path("instance/demo-accounts.txt"))
    parser.add_argument("--fair", default="", help="slug; without it the first fair that takes applications")
    parser.add_argument("--only", default="", help="names of screens, with commas")
    parser.add_argument("--quick", action="store_true", help="leave out English in the dark")
    parser.add_argument("--readme", action="store_true", help="only the two pictures of the README")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    password = given.accounts.read_text().split()[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=LAUNCH)
        studio = Studio(browser, given.url, password)
        facts = studio.facts(given.fair)
        if given.readme:
            take_readme(studio, given.folder, facts)
        else:
            take_all(studio, given.folder, facts, given.only, given.quick)
        browser.close()


if __name__ == "__main__":
    main()
