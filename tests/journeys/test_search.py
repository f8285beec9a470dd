"""The search by hand: narrowed without a script, led on by its numbers, and as axe sees it in every light."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cast import a_confirmed_application, a_producer, an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.traveller import Traveller

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer


@pytest.fixture(scope="module", autouse=True)
def goods(live_server: RealServer) -> None:
    """Two producers of noodles, of whom one has a confirmed booth."""
    with database_of(live_server) as session:
        player = an_organiser(session, email="tim@organisers.example")
        sure = a_producer(session, "HTX Có Gian", "co@units.example")
        a_producer(session, "HTX Chưa Có", "chua@units.example")
        a_confirmed_application(session, player, sure, an_open_fair(session, player, name="Hội chợ tìm kiếm"))


def test_narrowed_without_a_script(travel: Callable[..., Traveller]) -> None:
    page = travel("vi", with_script=False).page
    page.goto("/search?q=mien")
    expect(page.locator(".item .t", has_text="Miến dong")).to_have_count(2)
    page.locator("select[name=when]").select_option("coming")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#h-products + .card .item")).to_have_count(1)
    page.locator("nav.seg a", has_text="Sản phẩm (1)").click()
    expect(page.locator("select[name=when]")).to_have_value("coming")
    expect(page.get_by_role("status")).to_have_text("1 kết quả")
    shared = page.url
    page.goto("/")
    page.goto(shared)
    expect(page.locator("#h-products + .card .item")).to_have_count(1)
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page.locator("#h-products + .card .item")).to_have_count(2)


@pytest.mark.parametrize("address", ["/search?q=mien&when=coming", "/en/search?q=xã", "/search", "/en/search?q=qqqq"])
def test_axe_finds_nothing(travel: Callable[..., Traveller], axe: Callable[[Page], None], address: str) -> None:
    page = travel().page
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it takes
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
