"""The first pass through the queue by keys: at most three for each application, and without a script as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import select

from events.fairs.fair import Fair, find_fair
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from tests.cast import a_producer, a_submitted_application
from tests.journeys.conftest import PHONE, Noise
from tests.journeys.crowd import database_of, organiser_with_open_fair
from tests.journeys.traveller import Traveller, enter, expect_named, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer

APPLICATIONS = 12
MOST_PRESSES = 3


class Hands:
    """Counts every key and click."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        """Keys, the last of which leads to the next application."""
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        with self.page.expect_navigation():
            self.page.keyboard.press(keys[-1])
        self.presses += len(keys)

    def click(self, selector: str) -> None:
        """One click that leads on."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.presses += 1


def queue_of(server: RealServer, name: str) -> tuple[str, str]:
    """A fair with applications that nobody has looked at; answers its slug and the organiser's address."""
    with database_of(server) as session:
        organiser, slug = organiser_with_open_fair(session, name)
        fair = find_fair(session, slug)
        assert fair is not None
        for number in range(APPLICATIONS):
            a_submitted_application(
                session, fair, a_producer(session, f"HTX Số {number}", f"so{number}@{slug}.example")
            )
        return slug, organiser.user.email


def test_first_pass_takes_at_most_three_presses_for_each_application(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    slug, email = queue_of(live_server, "Phím")
    traveller = travel()
    enter(traveller, email)
    traveller.go(f"/organise/fairs/{slug}/applications?state=to_review")
    hands = Hands(traveller.page)
    hands.click("a[data-row]")
    traveller.arrive()
    for number in range(APPLICATIONS):
        expect(traveller.page.locator("#panel")).to_be_visible()
        if number % 3 == 2:
            hands.press("r", "1", "Enter")
        else:
            hands.press("a")
    traveller.arrive()
    assert hands.presses <= MOST_PRESSES * APPLICATIONS
    assert hands.presses == 1 + 8 + 4 * 3
    with database_of(live_server) as session:
        decided = session.scalars(select(BoothApplication).join(Fair).where(Fair.slug == slug)).all()
        assert {one.current for one in decided} == {ApplicationState.IN_REVIEW}
        assert sorted(one.decision or "" for one in decided) == [Decision.ACCEPT] * 8 + [Decision.REJECT] * 4
        refused = [one for one in decided if one.decision is Decision.REJECT]
        assert {one.reason_code for one in refused} == {"no_room"}
        assert all(one.decision_reason for one in refused)


def test_first_application_is_decided_without_a_script(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    slug, email = queue_of(live_server, "Không kịch bản")
    traveller = travel(with_script=False)
    sign_in(traveller, email)
    traveller.go(f"/organise/fairs/{slug}/applications?state=to_review")
    page = traveller.page
    press(traveller, page.locator("a[data-row]").first)
    page.locator("#panel input[name=decision][value=accept]").check()
    press(traveller, page.locator("#panel button[value=next]"))
    expect(page.locator(".seg [aria-current]")).to_contain_text(str(APPLICATIONS - 1))
    expect(page.locator("#panel")).to_be_visible()


def test_two_are_refused_at_once_on_a_phone(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    slug, email = queue_of(live_server, "Điện thoại")
    traveller = travel(viewport=PHONE)
    enter(traveller, email)
    traveller.go(f"/organise/fairs/{slug}/applications?state=to_review")
    page, noted = traveller.page, traveller.page.locator(".seg [aria-current]")
    boxes, send = page.locator("[name=ticked]"), page.locator("form:has([name=many_code]) button.btn")
    for box in boxes.all()[1:3]:
        box.check()
    page.locator("details:has([name=many_code]) > summary").click()
    page.locator("[name=step][value=reject]").check()
    page.locator("[name=many_reason]").fill("Hội chợ đã đủ gian")
    noise.expect_status(422)
    press(traveller, send)
    expect_named(page, "many_code")
    expect(page.locator("[name=ticked]:checked")).to_have_count(2)
    page.locator("[name=many_code]").select_option("no_room")
    press(traveller, send)
    expect(noted).to_contain_text(str(APPLICATIONS - 2))
