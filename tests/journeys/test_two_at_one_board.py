"""Two organisers at one board: each sees what the other does, and who comes second is told so in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from foundation.actor import Role
from tests.cast import a_member, an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.test_allocation import board
from tests.journeys.test_move_on_board import accepted, booth, carry, row
from tests.journeys.traveller import Traveller, enter

if TYPE_CHECKING:
    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

ONE, OTHER = "mot.ban@btc.example", "hai.ban@btc.example"


def test_each_sees_the_other_and_the_second_is_told(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    with database_of(live_server) as session:
        organiser = an_organiser(session, "Ban tổ chức Hai người", ONE)
        a_member(session, organiser, Role.MANAGER, OTHER)
        fair = an_open_fair(session, organiser, booths=3, name="Hội chợ Hai người")
        moon, star = (accepted(session, organiser, fair, name).code for name in ("Nguyệt", "Tinh"))
        path = f"/organise/fairs/{fair.slug}/booths"
    first, second = travel(), travel()
    for traveller, email in ((first, ONE), (second, OTHER)):
        enter(traveller, email)
        traveller.go(path)

    # each sees the other's act without opening the page again
    carry(first.page, row(first.page, moon), booth(first.page, "A01"))
    expect(second.page.locator("[data-live-board]")).to_contain_text("A01")
    expect(booth(second.page, "A01")).to_have_attribute("data-s", "new")
    carry(second.page, row(second.page, star), booth(second.page, "B01"))
    expect(first.page.locator("[data-live-board]")).to_contain_text("B01")
    assert board(live_server, [moon, star]) == {moon: ["A01"], star: ["B01"]}

    noise.expect_status(409)
    # from here on neither is told in time: what they see is what was there
    for traveller in (first, second):
        traveller.page.route("**/board-revision", lambda route: route.abort("aborted"))
        traveller.go(path)
    carry(first.page, booth(first.page, "A01"), booth(first.page, "A02"))
    carry(second.page, booth(second.page, "B01"), booth(second.page, "A02"))
    assert board(live_server, [moon, star]) == {moon: ["A02"], star: ["B01"]}
    expect(second.page.locator("[role=alert], .note[data-t=danger]").first).to_contain_text("A02")

    second.go(path)
    carry(first.page, booth(first.page, "A02"), first.page.locator("[data-live-part=lacking]"))
    carry(second.page, booth(second.page, "A02"), booth(second.page, "A03"))
    assert board(live_server, [moon, star]) == {star: ["B01"]}
    expect(second.page.locator("[role=alert], .note[data-t=danger]").first).to_be_visible()
